using AgentFlow.Rotation;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Core.Tests.Rotation;

public sealed class LaneFinderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_existing_entry_of_a_name_is_a_lane_of_its_own_with_its_own_place()
    {
        VariableEntry[] entries =
        [
            Entry("1", "AUTH_SECRET", ["production"], type: "sensitive"),
            Entry("2", "AUTH_SECRET", ["preview"], branch: "feature/x"),
            Entry("3", "AUTH_SECRET", ["preview", "development"]),
            Entry("4", "AUTH_SECRET", [], custom: ["env_staging"]),
            Entry("5", "OTHER", ["production"]),
            Entry("6", "AUTH_SECRET", ["production"], type: "system"),
        ];
        (IReadOnlyList<RotationLane> lanes, IReadOnlyList<RotationBlocker> blockers, _) = LaneFinder.Find(Config(), entries);
        Assert.Empty(blockers);
        Assert.Equal(["1", "2", "3", "4"], lanes.Select(lane => lane.EntryId));
        Assert.Equal("feature/x", lanes[1].GitBranch);
        Assert.Equal(["env_staging"], lanes[3].CustomEnvironmentIds);
        Assert.Equal(["sensitive", "encrypted", "encrypted", "encrypted"], lanes.Select(lane => lane.Type));
    }

    [Fact]
    public void Names_that_carry_one_credential_come_together_each_with_its_part()
    {
        CredentialConfig config = Config() with { Variables = new Dictionary<string, string> { ["KEY_ID"] = "id", ["KEY_SECRET"] = "secret" } };
        (IReadOnlyList<RotationLane> lanes, _, IReadOnlyList<string> notes) = LaneFinder.Find(config, [Entry("1", "KEY_ID", ["production"], type: "plain")]);
        Assert.Equal([("KEY_ID", "id", "1"), ("KEY_SECRET", "secret", null)], lanes.Select(lane => (lane.Name, lane.Part, lane.EntryId)));

        // A plain entry becomes encrypted; a new one is sensitive, which development cannot be.
        Assert.Equal(["encrypted", "sensitive"], lanes.Select(lane => lane.Type));
        Assert.Contains(notes, note => note.Contains("KEY_SECRET", StringComparison.Ordinal));
        Assert.Equal("encrypted", LaneFinder.Find(Config() with { Targets = ["development"] }, [Entry("9", "X", ["production"])]).Lanes[0].Type);
    }

    [Fact]
    public void An_entry_that_also_covers_a_foreign_target_blocks()
    {
        (_, IReadOnlyList<RotationBlocker> blockers, _) = LaneFinder.Find(Config() with { Targets = ["production"] }, [Entry("1", "AUTH_SECRET", ["production", "preview"])]);
        Assert.Equal(BlockerCode.LaneMissing, Assert.Single(blockers).Code);
    }

    [Fact]
    public void Without_any_entry_the_names_are_probably_wrong()
    {
        (_, IReadOnlyList<RotationBlocker> blockers, _) = LaneFinder.Find(Config(), [Entry("1", "AUTH_SECRETS", ["production"])]);
        Assert.Equal(BlockerCode.LaneMissing, Assert.Single(blockers).Code);
    }

    [Fact]
    public void The_previous_slot_follows_each_readable_lane_and_says_where_it_cannot()
    {
        CredentialConfig config = Config() with { PreviousVariable = "AUTH_SECRET_PREVIOUS" };
        VariableEntry[] entries =
        [
            Entry("1", "AUTH_SECRET", ["production"]), Entry("2", "AUTH_SECRET", ["preview"], type: "sensitive"), Entry("3", "AUTH_SECRET_PREVIOUS", ["production"]),
        ];
        (IReadOnlyList<RotationLane> lanes, _, IReadOnlyList<string> notes) = LaneFinder.Find(config, entries);
        RotationLane previous = Assert.Single(lanes, lane => lane.Part == LaneFinder.PreviousPart);
        Assert.Equal(("AUTH_SECRET_PREVIOUS", "3"), (previous.Name, previous.EntryId));
        Assert.Contains(notes, note => note.Contains("cannot be read back", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lane_is_found_again_by_its_place_whatever_the_order_of_its_targets()
    {
        RotationLane lane = LaneFinder.Find(Config(), [Entry("1", "AUTH_SECRET", ["preview", "development"])]).Lanes[0];
        Assert.Equal("7", LaneFinder.EntryOf(lane, [Entry("7", "AUTH_SECRET", ["development", "preview"])])?.Id);
        Assert.Null(LaneFinder.EntryOf(lane, [Entry("7", "AUTH_SECRET", ["development"])]));
        Assert.Null(LaneFinder.EntryOf(lane, [Entry("7", "AUTH_SECRET", ["development", "preview"], branch: "x")]));
    }

    private static CredentialConfig Config() => new() { Name = "one", Kind = CredentialKind.GeneratedSecret, Variables = new Dictionary<string, string> { ["AUTH_SECRET"] = "secret" } };

    private static VariableEntry Entry(string id, string name, string[] targets, string type = "encrypted", string? branch = null, string[]? custom = null) =>
        new() { Id = id, Name = name, Type = type, Targets = targets, GitBranch = branch, CustomEnvironmentIds = custom ?? [], UpdatedAt = s_now };
}
