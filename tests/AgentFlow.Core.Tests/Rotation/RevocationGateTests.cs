using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>Each blocker alone, each unreadable source, and what a compromise lifts. The world drains, then one thing speaks against the revocation.</summary>
public sealed class RevocationGateTests
{
    [Fact]
    public async Task With_nothing_against_it_the_gate_is_open()
    {
        World world = await DrainedAsync();
        Assert.Empty(await BlockersAsync(world));
    }

    [Fact]
    public async Task NotProven_when_production_is_served_by_an_older_build()
    {
        World world = await DrainedAsync();
        world.Host.ServingId = world.Host.Deployments[0].Id;
        await BlockedByAsync(world, BlockerCode.NotProven);
    }

    [Fact]
    public async Task NotProven_when_somebody_wrote_a_lane_since()
    {
        World world = await DrainedAsync();
        world.Host.Overwrite("SECRET", "somebody-elses");
        await BlockedByAsync(world, BlockerCode.NotProven);
    }

    [Fact]
    public async Task PinnedRollback_when_production_was_rolled_back()
    {
        World world = await DrainedAsync();
        world.Host.RolledBack = true;
        await BlockedByAsync(world, BlockerCode.PinnedRollback);
    }

    [Fact]
    public async Task OldTraffic_while_a_rolling_release_splits_the_traffic()
    {
        World world = await DrainedAsync();
        world.Host.Rolling = true;
        await BlockedByAsync(world, BlockerCode.OldTraffic);
    }

    [Fact]
    public async Task OldTraffic_until_skew_protection_has_run_out()
    {
        World world = await DrainedAsync();
        world.Host.SkewAge = TimeSpan.FromDays(30);
        RotationBlocker blocker = await BlockedByAsync(world, BlockerCode.OldTraffic);
        Assert.Equal((await RecordAsync(world)).PromotedAt + TimeSpan.FromDays(30), blocker.ClearsAt);
        world.Time.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await BlockersAsync(world));
    }

    [Fact]
    public async Task RollbackFloor_while_every_other_deployment_has_the_old_value()
    {
        World world = await DrainedAsync(deployAgain: false);
        await BlockedByAsync(world, BlockerCode.RollbackFloor);
        world.Host.Deploy();
        Assert.Empty(await BlockersAsync(world));
    }

    [Fact]
    public async Task OldStillUsed_while_the_provider_saw_it_since_the_proof()
    {
        World world = await DrainedAsync(CredentialKind.AwsIamAccessKey);
        world.Providers.Find(world.OldId!)!.LastUsedAt = world.Time.GetUtcNow();
        RotationBlocker blocker = await BlockedByAsync(world, BlockerCode.OldStillUsed);
        Assert.NotNull(blocker.ClearsAt);
        world.Time.Advance(TimeSpan.FromMinutes(world.Config.SoakMinutes + 1));
        Assert.Empty(await BlockersAsync(world));
    }

    [Fact]
    public async Task OldStillUsed_while_sessions_of_it_are_open()
    {
        World world = await DrainedAsync(CredentialKind.PostgresRolePassword);
        world.Providers.Find(world.OldId!)!.Sessions = 2;
        await BlockedByAsync(world, BlockerCode.OldStillUsed);
    }

    [Fact]
    public async Task OldStillUsed_until_the_soak_of_the_disabled_one_is_over()
    {
        World world = await DrainedAsync();
        RotationRecord quiesced = await world.Engine().CompleteAsync(world.Config, default);
        Assert.Equal(RotationState.Quiesced, quiesced.State);
        Assert.Equal(BlockerCode.OldStillUsed, Assert.Single(quiesced.Blockers).Code);
        Assert.False(world.Providers.Find(world.OldId!)!.Works);
        world.Time.Advance(TimeSpan.FromMinutes(world.Config.SoakMinutes + 1));
        RotationRecord closed = await world.Engine().CompleteAsync(world.Config, default);
        Assert.Equal((RotationState.Closed, ProofLevel.OldDead), (closed.State, closed.Proof));
        Assert.Null(world.Providers.Find(world.OldId!));
    }

    [Theory]
    [InlineData(BlockerCode.IncidentOpen)]
    [InlineData(BlockerCode.ChangeLock)]
    public async Task An_open_incident_or_a_change_lock_blocks(BlockerCode code)
    {
        World world = await DrainedAsync();
        world.Frozen = [new() { Code = code, Reason = "INC-7 is open." }];
        await BlockedByAsync(world, code);
    }

    [Fact]
    public async Task RetryWindow_for_as_long_as_the_provider_may_repeat()
    {
        World world = await DrainedAsync(wait: TimeSpan.FromHours(1));
        RotationBlocker blocker = await BlockedByAsync(world, BlockerCode.RetryWindow);
        Assert.Equal((await RecordAsync(world)).PromotedAt + TimeSpan.FromHours(72), blocker.ClearsAt);
    }

    [Fact]
    public async Task SharedCredential_when_the_config_names_others()
    {
        World world = await DrainedAsync();
        world.Config = world.Config with { SharedWith = ["the nightly job"] };
        await BlockedByAsync(world, BlockerCode.SharedCredential);
    }

    [Fact]
    public async Task SharedCredential_when_nobody_has_looked_and_a_lane_cannot_be_read()
    {
        World world = await DrainedAsync();
        world.Config = world.Config with { SharedWith = null };
        await BlockedByAsync(world, BlockerCode.SharedCredential);
    }

    [Theory]
    [InlineData("serving", BlockerCode.NotProven)]
    [InlineData("serving", BlockerCode.OldTraffic)]
    [InlineData("fallbacks", BlockerCode.RollbackFloor)]
    [InlineData("variables", BlockerCode.NotProven)]
    [InlineData("old", BlockerCode.OldStillUsed)]
    [InlineData("freeze", BlockerCode.IncidentOpen)]
    public async Task What_cannot_be_read_blocks(string source, BlockerCode code)
    {
        World world = await DrainedAsync(CredentialKind.AwsIamAccessKey);
        world.Wire.Unreadable = source;
        RotationRecord record = await world.Engine().CompleteAsync(world.Config, default);
        Assert.Contains(record.Blockers, blocker => blocker.Code == code && blocker.Blocks && blocker.Reason.StartsWith("It could not be read", StringComparison.Ordinal));
        Assert.Equal(RotationState.Draining, record.State);
        Assert.True(world.Providers.Find(world.OldId!)!.Works);
    }

    [Fact]
    public async Task A_compromise_turns_what_only_waits_into_warnings_and_nothing_else()
    {
        World world = await DrainedAsync(CredentialKind.AwsIamAccessKey, deployAgain: false, compromised: true, wait: TimeSpan.Zero);
        world.Host.SkewAge = TimeSpan.FromDays(30);
        world.Frozen = [new() { Code = BlockerCode.IncidentOpen, Reason = "The incident of this very compromise." }];
        IReadOnlyList<RotationBlocker> blockers = await BlockersAsync(world);
        Assert.Equal(
            [BlockerCode.OldTraffic, BlockerCode.RollbackFloor, BlockerCode.IncidentOpen, BlockerCode.RetryWindow],
            blockers.Select(blocker => blocker.Code).Where(code => code != BlockerCode.OldStillUsed));
        Assert.All(blockers, blocker => Assert.False(blocker.Blocks));
        world.Host.Overwrite("SECRET", "somebody-elses");
        Assert.Contains(await BlockersAsync(world), blocker => blocker is { Code: BlockerCode.NotProven, Blocks: true });
    }

    /// <summary>Rotated to Draining, deployed again, and everything that only needs time has had it.</summary>
    private static async Task<World> DrainedAsync(
        CredentialKind kind = CredentialKind.StripeWebhookSecret, bool deployAgain = true, bool compromised = false, TimeSpan? wait = null)
    {
        World world = new(kind);
        RotationRecord record = await world.Engine().StartAsync(world.Config, null, compromised, null, default);
        Assert.Equal((RotationState.Draining, ProofLevel.SameValue), (record.State, record.Proof));
        if (deployAgain)
        {
            world.Host.Deploy();
            world.Host.Deploy();
        }

        world.Time.Advance(wait ?? TimeSpan.FromHours(80));
        return world;
    }

    private static async Task<RotationRecord> RecordAsync(World world) => await world.Engine().ReadAsync(world.Config, default);

    private static async Task<IReadOnlyList<RotationBlocker>> BlockersAsync(World world) => (await RecordAsync(world)).Blockers;

    private static async Task<RotationBlocker> BlockedByAsync(World world, BlockerCode code)
    {
        RotationBlocker blocker = Assert.Single(await BlockersAsync(world));
        Assert.Equal((code, true), (blocker.Code, blocker.Blocks));

        // And the command that would revoke does not.
        RotationRecord record = await world.Engine().CompleteAsync(world.Config, default);
        Assert.Equal(RotationState.Draining, record.State);
        Assert.True(world.Providers.Find(world.OldId!)!.Works);
        return blocker;
    }
}
