using System.Runtime.InteropServices;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>One word, name or mark of a sentence.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public WordClass Class { get; init; }

    public NameShape Shape { get; init; }

    /// <summary>Between quotes or backticks of its own.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Written as an access to the environment: process.env.X, ENV['X'], ${X}.</summary>
    public bool IsAccess { get; init; }

    /// <summary>Followed by a value: X=1.</summary>
    public bool IsAssigned { get; init; }

    public int End => Start + Length;

    public bool Is(WordClass any) => (Class & any) != 0;
}
