using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AgentFlow.Shell;

/// <summary>Questions to the operator. With -NonInteractive, and when the input has ended, each one is an error.</summary>
internal sealed class Questions(ShellHostUI ui, ShellInput input, bool nonInteractive)
{
    /// <summary>One line, as Read-Host asks for it.</summary>
    public string ReadLine()
    {
        RequireOperator("a line of input");
        return ReadAnswer("a line of input");
    }

    /// <summary>One line that is not shown.</summary>
    public SecureString ReadSecret()
    {
        RequireOperator("a secret");
        SecureString? secret = input.ReadSecret();
        ui.CloseLine();
        return secret ?? throw InputEnded("a secret");
    }

    /// <summary>One key that is not shown.</summary>
    public ConsoleKeyInfo ReadKey()
    {
        RequireOperator("a key");
        return Terminal.InputIsTerminal ? input.ReadKey() : throw new HostException("A key cannot be read: the input is not a keyboard.");
    }

    /// <summary>One answer per field, converted to the field's type; an answer that does not convert is asked for again.</summary>
    public Dictionary<string, PSObject> AskFields(string caption, string message, Collection<FieldDescription> fields)
    {
        RequireOperator(string.Join(", ", fields.Select(field => field.Name)));
        WriteHeading(caption, message);
        Dictionary<string, PSObject> answers = new(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in fields)
        {
            Type type = TypeOf(field);
            object? answer = type.IsArray
                ? AskList(field, type.GetElementType()!)
                : AskOne(field, field.Name, type, emptyEnds: false);
            answers[field.Name] = PSObject.AsPSObject(answer ?? field.DefaultValue);
        }

        return answers;
    }

    /// <summary>The index of the chosen option; -1 as default means that there is none.</summary>
    public int AskChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireOperator(message.Length > 0 ? message : caption);
        WriteHeading(caption, message);
        ChoiceKeys keys = new(choices, defaultChoice);
        while (true)
        {
            ui.Write(keys.Line(PSStyle.Instance.Formatting.FormatAccent, PSStyle.Instance.Reset));
            string answer = ReadAnswer("a choice").Trim();
            if (answer == "?")
            {
                foreach (string line in keys.Help())
                {
                    ui.WriteLine(line);
                }
            }
            else if (keys.Find(answer) is int index and >= 0)
            {
                return index;
            }
        }
    }

    /// <summary>User name (unless it is given) and password.</summary>
    public PSCredential AskCredential(string? caption, string? message, string? userName)
    {
        RequireOperator("a credential");
        WriteHeading(string.IsNullOrEmpty(caption) ? "Credential request" : caption, message ?? string.Empty);
        if (string.IsNullOrEmpty(userName))
        {
            ui.Write("User: ");
            userName = ReadLine();
        }

        ui.Write($"Password for user {userName}: ");
        return new(userName, ReadSecret());
    }

    private string ReadAnswer(string wanted)
    {
        string? answer = input.ReadLine(ui.OpenLine);
        ui.CloseLine();
        return answer ?? throw InputEnded(wanted);
    }

    private List<object?> AskListValues(FieldDescription field, Type element)
    {
        List<object?> values = [];
        while (AskOne(field, string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{values.Count}]"), element, emptyEnds: true) is object value)
        {
            values.Add(value);
        }

        return values;
    }

    private Array AskList(FieldDescription field, Type element)
    {
        List<object?> values = AskListValues(field, element);
        Array array = Array.CreateInstance(element, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            array.SetValue(values[i], i);
        }

        return array;
    }

    private object? AskOne(FieldDescription field, string label, Type type, bool emptyEnds)
    {
        while (true)
        {
            if (type == typeof(PSCredential))
            {
                return AskCredential(null, label, null);
            }

            ui.Write(label + ": ");
            if (type == typeof(SecureString))
            {
                SecureString secret = ReadSecret();
                return emptyEnds && secret.Length == 0 ? null : secret;
            }

            string text = ReadLine();
            if (text == "!?")
            {
                ui.WriteLine(string.IsNullOrEmpty(field.HelpMessage) ? "No help is available for " + field.Name + "." : field.HelpMessage);
                continue;
            }

            if (text.Length == 0 && (emptyEnds || field.DefaultValue is not null))
            {
                return null;
            }

            if (LanguagePrimitives.TryConvertTo(text, type, CultureInfo.InvariantCulture, out object? value))
            {
                return value;
            }

            ui.WriteErrorLine($"'{text}' is no value of type {type.Name}. Type !? for help.");
        }
    }

    private static Type TypeOf(FieldDescription field) =>
        Type.GetType(field.ParameterAssemblyFullName)
        ?? (LanguagePrimitives.TryConvertTo(field.ParameterTypeFullName, out Type? named) && named is not null ? named : typeof(string));

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            ui.WriteLine(PSStyle.Instance.Bold + caption + PSStyle.Instance.Reset);
        }

        if (!string.IsNullOrEmpty(message))
        {
            ui.WriteLine(message);
        }
    }

    private void RequireOperator(string wanted)
    {
        ui.HideProgress();
        if (nonInteractive)
        {
            string oneLine = wanted.ReplaceLineEndings(" ").TrimEnd('.', '?', ' ');
            throw new HostException(
                $"The shell runs with -NonInteractive and cannot ask ({oneLine}). Give the value as a parameter, or -Confirm:$false where a confirmation is asked.");
        }
    }

    private static HostException InputEnded(string wanted) => new($"The input ended before {wanted} was given.");
}
