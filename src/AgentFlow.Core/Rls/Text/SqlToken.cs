namespace AgentFlow.Rls.Text;

/// <summary>One token of SQL or PL/pgSQL.</summary>
public readonly record struct SqlToken(SqlTokenKind Kind, string Value)
{
    /// <summary>True for an identifier, quoted or not.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.Quoted;

    /// <summary>True for this symbol.</summary>
    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value.Length == 1 && Value[0] == symbol;

    /// <summary>True for this keyword.</summary>
    public bool Is(string word) => Kind == SqlTokenKind.Word && Value == word;
}
