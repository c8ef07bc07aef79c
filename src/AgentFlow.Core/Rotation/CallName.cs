namespace AgentFlow.Rotation;

/// <summary>Outside writes, as the journal names them.</summary>
internal static class CallName
{
    public const string Mint = "mint";
    public const string Recover = "recover";
    public const string Discard = "discard";
    public const string Stage = "stage";
    public const string HoldDomains = "hold-domains";
    public const string ReleaseDomains = "release-domains";
    public const string Build = "build";
    public const string Promote = "promote";
    public const string Quiesce = "quiesce";
    public const string Restore = "restore";
    public const string Revoke = "revoke";
    public const string RemovePrevious = "remove-previous";
    public const string RestoreLanes = "restore-lanes";
}
