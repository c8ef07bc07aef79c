namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>One fault put into a transfer.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Sql">How it gets there.</param>
/// <param name="Guilty">A finding must name one of these.</param>
public sealed record TransferMutation(string Name, string Sql, params IReadOnlyList<string> Guilty);
