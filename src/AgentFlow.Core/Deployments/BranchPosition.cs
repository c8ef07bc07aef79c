namespace AgentFlow.Deployments;

/// <summary>Where a commit stands relative to a branch.</summary>
public enum BranchPosition
{
    /// <summary>It is the branch's head or one of its ancestors.</summary>
    OnBranch,

    /// <summary>It is ahead of the branch or on another line.</summary>
    NotOnBranch,

    /// <summary>The repository has no such commit.</summary>
    CommitMissing,

    /// <summary>The repository has no such branch.</summary>
    BranchMissing,
}
