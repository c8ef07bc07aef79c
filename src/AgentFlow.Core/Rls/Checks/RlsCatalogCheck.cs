using AgentFlow.Checks;

namespace AgentFlow.Rls.Checks;

/// <summary>One check of the catalog layer: what it is, how many objects it looks at, and its findings.</summary>
public sealed record RlsCatalogCheck(CheckDefinition Check, string Examined, Func<RlsScene, int> Count, Func<RlsScene, IEnumerable<RlsFinding>> Judge);
