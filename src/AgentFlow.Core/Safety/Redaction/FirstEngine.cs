namespace AgentFlow.Safety;

/// <summary>Rules of the first engine: known values only. Replaced by the full engine.</summary>
public sealed class RedactionRules
{
    public static RedactionRules Default { get; } = new();
}

/// <summary>Masks the values that this session knows.</summary>
public sealed class RedactionSession(RedactionRules rules)
{
    private readonly List<string> _known = [];

    public RedactionRules Rules { get; } = rules;

    public void AddKnown(Secret secret) => _known.Add(secret.Reveal());

    public string Redact(string text)
    {
        foreach (string known in _known)
        {
            text = text.Contains(known, StringComparison.Ordinal) ? text.Replace(known, "[REDACTED]", StringComparison.Ordinal) : text;
        }

        return text;
    }
}
