namespace AgentFlow.Sandbox.App;

/// <summary>The ids that seed and config share.</summary>
internal static class AppFixture
{
    /// <summary>The tenant that leads go to.</summary>
    public const string OrganizationId = "7c1f0000-0000-4000-8000-00000000000a";

    /// <summary>Another tenant.</summary>
    public const string OtherOrganizationId = "7c1f0000-0000-4000-8000-00000000000b";

    /// <summary>A user of the other tenant.</summary>
    public const string OtherUserId = "7c1f0000-0000-4000-8000-0000000001b1";

    /// <summary>The Supabase project that the rehearsal database stands for.</summary>
    public const string ProjectRef = "agentflowrehearsalxx";

    /// <summary>The Supabase project that production would use.</summary>
    public const string ProductionRef = "agentflowproductionx";
}
