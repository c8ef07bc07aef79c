namespace AgentFlow.Sandbox.Vercel;

/// <summary>The GitHub repository that a project is connected to.</summary>
internal sealed record GitLink(string Owner, string Repository, long RepositoryId, string ProductionBranch);
