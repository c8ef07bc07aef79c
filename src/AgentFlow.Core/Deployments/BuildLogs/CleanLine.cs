using System.Buffers;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>One line of a log without colours, prefixes and frames. What costs time is found out when it is first asked for.</summary>
internal sealed class CleanLine(string text, int number, bool isJson = false)
{
    private static readonly SearchValues<string> s_subjects = SearchValues.Create(["env", "var", "secret", "setting", "key", "config", "following", "these", "missing"], StringComparison.OrdinalIgnoreCase);

    private bool? _isCode;
    private bool? _hasCapitals;
    private bool? _hasSubject;

    /// <summary>The text, with its indentation.</summary>
    public string Text { get; } = text;

    /// <summary>The text without white space around it.</summary>
    public string Trimmed { get; } = text.Trim();

    /// <summary>Count of white space before the text.</summary>
    public int Indent => Text.Length - Text.AsSpan().TrimStart().Length;

    /// <summary>The line of the log, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>True for a whole JSON object: its messages come as lines of their own, only dumps read it itself.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>True for what is quoted from a source, a trace or a test run: it states nothing about this build.</summary>
    public bool IsCode => _isCode ??= IsJson || NoiseLines.IsCode(Trimmed);

    /// <summary>True when some word in it is in capitals, as names are.</summary>
    public bool HasCapitals => _hasCapitals ??= FindCapitals(Trimmed);

    /// <summary>True when it speaks of variables, settings or keys.</summary>
    public bool HasSubject => _hasSubject ??= Trimmed.AsSpan().IndexOfAny(s_subjects) >= 0;

    public bool IsEmpty => Trimmed.Length == 0;

    private static bool FindCapitals(ReadOnlySpan<char> text)
    {
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsAsciiLetterUpper(text[i]) && (char.IsAsciiLetterUpper(text[i + 1]) || char.IsAsciiDigit(text[i + 1]) || text[i + 1] == '_'))
            {
                return true;
            }
        }

        return false;
    }
}
