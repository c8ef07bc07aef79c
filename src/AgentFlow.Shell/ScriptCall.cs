using System.Management.Automation.Language;
using System.Text;

namespace AgentFlow.Shell;

/// <summary>
/// Writes the call of a script with the arguments that followed its path, by the rules of <c>pwsh -File</c>: values are literal strings, and only
/// <c>-Switch:true</c> or <c>-Switch:$false</c> become booleans.
/// </summary>
internal static class ScriptCall
{
    /// <summary>The statement that runs the script in the global scope, as pwsh does.</summary>
    /// <param name="path">Full path of the script.</param>
    /// <param name="arguments">What followed it.</param>
    /// <param name="piped">The script reads the statement's own <c>$input</c>.</param>
    public static string Compose(string path, IEnumerable<string> arguments, bool piped)
    {
        StringBuilder call = new(piped ? "$input | . " : ". ");
        call.Append(Quote(path));
        bool valueFollows = false;
        foreach (string argument in arguments)
        {
            string written = valueFollows ? Quote(argument) : Write(argument);
            valueFollows = !valueFollows && written[^1] == ':';
            call.Append(' ').Append(written);
        }

        return call.ToString();
    }

    private static string Write(string argument)
    {
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? argument : argument[..colon];
        if (!IsParameter(name))
        {
            return Quote(argument);
        }

        if (colon < 0 || colon == argument.Length - 1)
        {
            return argument;
        }

        string value = argument[(colon + 1)..];
        return bool.TryParse(value.AsSpan(value.StartsWith('$') ? 1 : 0), out bool boolean) ? $"{name}:${boolean}" : $"{name}:{Quote(value)}";
    }

    // A parameter is a dash and a name; -1, --flag and -a.b are values.
    private static bool IsParameter(string text) =>
        text is [var dash, var first, ..]
        && IsDash(dash)
        && (char.IsLetter(first) || first is '_' or '?')
        && text.Skip(2).All(static character => char.IsLetterOrDigit(character) || character is '_' or '-');

    // The language takes en dash, em dash and horizontal bar for a hyphen too.
    private static bool IsDash(char character) => character is '-' or '\u2013' or '\u2014' or '\u2015';

    private static string Quote(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
