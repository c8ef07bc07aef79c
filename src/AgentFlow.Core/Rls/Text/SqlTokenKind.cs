namespace AgentFlow.Rls.Text;

/// <summary>The kinds of tokens that judging a policy or function body needs.</summary>
public enum SqlTokenKind
{
    /// <summary>A bare identifier or keyword, lower case.</summary>
    Word,

    /// <summary>A double-quoted identifier, without its quotes.</summary>
    Quoted,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string literal, without its quotes.</summary>
    Text,

    /// <summary>Operators and punctuation; runs of operator characters stay together.</summary>
    Symbol,
}
