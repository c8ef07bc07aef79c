namespace AgentFlow.Deployments.BuildLogs;

/// <summary>One line of a log without colours, prefixes and frames.</summary>
internal readonly record struct CleanLine
{
    public CleanLine(string text, int number, bool isJson = false)
    {
        Text = text;
        Number = number;
        Trimmed = text.Trim();
        Indent = text.Length - text.AsSpan().TrimStart().Length;
        IsJson = isJson;
        IsCode = isJson || NoiseLines.IsCode(Trimmed);
    }

    /// <summary>The text, with its indentation.</summary>
    public string Text { get; }

    /// <summary>The text without white space around it.</summary>
    public string Trimmed { get; }

    /// <summary>Count of white space before the text.</summary>
    public int Indent { get; }

    /// <summary>The line of the log, from 1.</summary>
    public int Number { get; }

    /// <summary>True for what is quoted from a source, a trace or a test run: it states nothing about this build.</summary>
    public bool IsCode { get; }

    /// <summary>True for a whole JSON object: its messages come as lines of their own, only dumps read it itself.</summary>
    public bool IsJson { get; }

    public bool IsEmpty => Trimmed.Length == 0;
}
