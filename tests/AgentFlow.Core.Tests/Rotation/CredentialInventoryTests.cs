using AgentFlow.Rotation;

namespace AgentFlow.Core.Tests.Rotation;

public sealed class CredentialInventoryTests
{
    [Fact]
    public async Task Age_due_date_and_lanes_come_from_the_variable_store()
    {
        World world = new(CredentialKind.GeneratedSecret);
        world.Config = world.Config with { MaxAgeDays = 20, SharedWith = null };
        CredentialRecord record = await ReadAsync(world);
        Assert.Equal((30, true, true), (record.AgeDays, record.Overdue, record.Readable));
        Assert.Equal(record.WrittenAt!.Value.AddDays(20), record.DueAt);
        Assert.Equal("SECRET", Assert.Single(record.Lanes).Name);
        Assert.Null(record.LastRotation);
        Assert.Contains("overdue", record.Warning, StringComparison.Ordinal);
        Assert.Equal(0, world.Wire.Writes);
    }

    [Fact]
    public async Task Who_shares_the_value_is_found_by_keyed_fingerprint_and_added_to_who_is_declared()
    {
        World world = new(CredentialKind.GeneratedSecret);
        world.Host.Seed("COPY_OF_IT", "value-before");
        world.Host.Seed("UNREADABLE_COPY", "value-before", "sensitive");
        world.Host.Seed("OTHER", "another-value");
        world.Config = world.Config with { SharedWith = ["the nightly job"] };
        Assert.Equal(["COPY_OF_IT", "the nightly job"], (await ReadAsync(world)).SharedWith);

        // And a rotation that would leave the copy behind does not begin.
        RotationPlan plan = await world.Engine().PlanAsync(world.Config, false, default);
        Assert.Contains(plan.Blockers, blocker => blocker is { Code: BlockerCode.SharedCredential, Blocks: true } && blocker.Reason.Contains("COPY_OF_IT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_legacy_key_a_plain_lane_and_a_missing_variable_are_warned_of()
    {
        World world = new(CredentialKind.SupabaseApiKey);
        world.Config = world.Config with { ReplacesLegacy = true };
        Assert.Contains("legacy", (await ReadAsync(world)).Warning, StringComparison.Ordinal);
        Assert.False((await ReadAsync(world)).Readable);
        world.Host.Remove("SECRET");
        world.Host.Seed("SECRET", "value", "plain");
        Assert.Contains("plain text", (await ReadAsync(world)).Warning, StringComparison.Ordinal);
        world.Host.Remove("SECRET");
        CredentialRecord gone = await ReadAsync(world);
        Assert.Contains("No variable", gone.Warning, StringComparison.Ordinal);
        Assert.Null(gone.AgeDays);
    }

    [Fact]
    public async Task The_last_rotation_is_told_and_a_closed_one_ends_the_legacy_warning()
    {
        World world = new(CredentialKind.GeneratedSecret);
        await world.Engine().StartAsync(world.Config, null, false, null, default);
        Assert.Equal(RotationState.Draining, (await ReadAsync(world)).LastRotation);
    }

    private static async Task<CredentialRecord> ReadAsync(World world)
    {
        List<CredentialRecord> all = [];
        await foreach (CredentialRecord record in new CredentialInventory(world.Ports()).ReadAsync([world.Config], default))
        {
            all.Add(record);
        }

        return Assert.Single(all);
    }
}
