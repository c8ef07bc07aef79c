using AgentFlow.Safety.Redaction;

namespace AgentFlow.Safety;

/// <summary>One row of the rule table: a name, what gives the secret away, what decides, and an example made on demand.</summary>
public sealed class RedactionRule
{
    private readonly Func<Random, RuleExample>? _example;

    internal RedactionRule(string name, RedactionClass @class, string summary, IReadOnlyList<Anchor> anchors, Func<Random, RuleExample>? example)
    {
        Name = name;
        Class = @class;
        Summary = summary;
        Anchors = anchors;
        _example = example;
    }

    /// <summary>Stable name, as it stands in a placeholder: lower case with hyphens.</summary>
    public string Name { get; }

    /// <summary>The class that its scores are counted in.</summary>
    public RedactionClass Class { get; }

    /// <summary>What it is and who issues it.</summary>
    public string Summary { get; }

    /// <summary>The literal texts whose sight starts the verifier; empty for rules that start at a character class.</summary>
    public IReadOnlyList<string> AnchorTexts => [.. Anchors.Select(a => a.Text).Distinct(StringComparer.Ordinal)];

    internal IReadOnlyList<Anchor> Anchors { get; }

    /// <summary>A fake value of the right shape, in a text that gives it away; made at run time so that none is stored. Null for rows that need a session.</summary>
    internal RuleExample? Example(Random random) => _example?.Invoke(random);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
