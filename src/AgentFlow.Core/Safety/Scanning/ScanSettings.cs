using System.IO.Enumeration;

namespace AgentFlow.Safety.Scanning;

/// <summary>What a search looks for and does with what it finds.</summary>
public sealed record ScanSettings
{
    /// <summary>Only rules whose name fits one of these; <c>*</c> and <c>?</c> stand for anything. Empty for all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Whether personal data counts.</summary>
    public bool PersonalData { get; init; }

    /// <summary>Whether the issuing provider is asked, each time after a confirmation.</summary>
    public bool Verify { get; init; }

    /// <summary>Accepts what is found, for this reason; null to accept nothing.</summary>
    public string? AcceptReason { get; init; }

    /// <summary>First day on which accepted findings are reported again.</summary>
    public DateOnly AcceptUntil { get; init; }

    /// <summary>Whether files that the repository ignores are searched too.</summary>
    public bool Ignored { get; init; }

    internal bool Wants(SecretFinding finding) =>
        (PersonalData || finding.Class is not (RedactionClass.Pii or RedactionClass.Address))
        && (Rules.Count == 0 || Rules.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, finding.Rule)));
}
