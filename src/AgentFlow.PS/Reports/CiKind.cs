namespace AgentFlow.Cmdlets.Reports;

/// <summary>The CI systems that get annotations.</summary>
internal enum CiKind
{
    None,
    GitHubActions,
    AzurePipelines,
}
