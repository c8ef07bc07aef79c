using AgentFlow.Faults;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The ways beside the straight one die at every place and meet every trouble too: back, with another value, of a compromised credential, looked at again, and given up.</summary>
public sealed class OtherWaysCampaignTests
{
    private const int MostCommands = 40;

    public static TheoryData<CredentialKind, bool> Kinds => CampaignTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Undo_killed_at_any_place_ends_undone(CredentialKind kind, bool previous)
    {
        int kills = await AtEveryPlaceAsync(kind, previous, BackAsync);
        Assert.True(kills > 20, $"Only {kills} places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Undone_from_wherever_the_rotation_died(CredentialKind kind, bool previous)
    {
        int kills = await FromEveryPlaceAsync(kind, previous, (world, before, what) => BackAsync(world, before, 0, $"{what}, then undone"));
        Assert.True(kills > 20, $"Only {kills} places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_happens_to_a_write_of_Undo_it_ends_undone_or_held(CredentialKind kind, bool previous)
    {
        foreach (Trouble trouble in Enum.GetValues<Trouble>().Skip(1))
        {
            for (int write = 1; ; write++)
            {
                World world = new(kind, previous);
                string before = world.Host.ValueOf("SECRET")!;
                await world.Engine().StartAsync(world.Config, null, false, null, default);
                int first = world.Wire.Writes;
                world.Wire.TroubleAt = first + write;
                world.Wire.Trouble = trouble;
                await BackAsync(world, before, 0, $"{kind} {trouble} at write {write} of Undo");
                if (world.Wire.Writes < first + write)
                {
                    break;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_value_killed_at_any_place_ends_draining_or_held(CredentialKind kind, bool previous)
    {
        int kills = await AtEveryPlaceAsync(kind, previous, async (world, _, place, what) =>
        {
            world.Host.Unhealthy = "/ answers 500.";
            await world.Engine().StartAsync(world.Config, null, false, null, default);
            world.Host.Unhealthy = null;
            bool died = await DiesAsync(world, place, () => world.Engine().ResumeAsync(world.Config, true, null, default));
            RotationRecord record = (await world.LatestAsync())!;
            for (int commands = 0; commands < MostCommands && record.State is not (RotationState.Draining or RotationState.Held); commands++)
            {
                record = await world.Engine().ResumeAsync(world.Config, record.Generation == 1, null, default);
            }

            Assert.True(record.State is RotationState.Draining or RotationState.Held, $"{what}: {record.State}");
            Assert.True(world.ServingValueWorks(), $"{what}: production has no working value.");
            Assert.True(world.EarlyEnds.Count == 0, $"{what}: {string.Join(',', world.EarlyEnds)} ended early.");
            return died;
        });
        Assert.True(kills > 20, $"Only {kills} places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Confirm_killed_at_any_place_changes_nothing(CredentialKind kind, bool previous)
    {
        int kills = await AtEveryPlaceAsync(kind, previous, async (world, _, place, what) =>
        {
            await world.Engine().StartAsync(world.Config, null, false, null, default);
            bool died = await DiesAsync(world, place, () => world.Engine().ConfirmAsync(world.Config, false, null, default));
            RotationRecord record = await world.Engine().ConfirmAsync(world.Config, false, null, default);
            Assert.True(record.State == RotationState.Draining, $"{what}: {record.State} {record.Hold}");
            Assert.True(world.ServingValueWorks() && world.EarlyEnds.Count == 0, what);
            return died;
        });
        Assert.True(kills > 4, $"Only {kills} places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stop_killed_at_any_place_lists_every_orphan(CredentialKind kind, bool previous)
    {
        int kills = await AtEveryPlaceAsync(kind, previous, async (world, _, place, what) =>
        {
            world.Host.Unhealthy = "/ answers 500.";
            await world.Engine().StartAsync(world.Config, null, false, null, default);
            bool died = await DiesAsync(world, place, () => world.Engine().StopAsync(world.Config, default));
            RotationRecord record = (await world.LatestAsync())!;
            record = record.State == RotationState.Abandoned ? record : await world.Engine().StopAsync(world.Config, default);
            Assert.True(record.State == RotationState.Abandoned, $"{what}: {record.State}");
            Assert.All(world.Strays(record), stray => Assert.Contains(record.Leftovers, line => line.Contains(stray, StringComparison.Ordinal)));
            Assert.True(record.NewId is null || record.Leftovers.Any(line => line.Contains(record.NewId, StringComparison.Ordinal)), what);
            Assert.Empty(world.Slot.Contents);
            Assert.True(world.Host.AutoAssign && world.ServingValueWorks(), what);
            return died;
        });
        Assert.True(kills > 0, "No places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_compromised_one_killed_at_any_place_ends_closed(CredentialKind kind, bool previous)
    {
        int kills = await AtEveryPlaceAsync(kind, previous, async (world, _, place, what) =>
        {
            // The old one is to end early here.
            world.Providers.OnEnd = null;
            bool died = await DiesAsync(world, place, () => world.Engine().StartAsync(world.Config, null, true, null, default));
            RotationRecord? record = await world.LatestAsync();
            for (int commands = 0; commands < MostCommands && record is not { IsEnded: true } && record?.State != RotationState.Held; commands++)
            {
                if (record?.State is RotationState.Draining or RotationState.Quiesced or RotationState.Revoked)
                {
                    world.Time.Advance(TimeSpan.FromHours(80));
                    record = await world.Engine().CompleteAsync(world.Config, default);
                }
                else
                {
                    record = record is null
                        ? await world.Engine().StartAsync(world.Config, null, true, null, default)
                        : await world.Engine().ResumeAsync(world.Config, false, null, default);
                }
            }

            Assert.True(record!.State == RotationState.Closed, $"{what}: {record.State} {record.Hold}");
            Assert.True(world.ServingValueWorks(), $"{what}: production has no working value.");
            Assert.True(world.Strays(record).Count == 0, $"{what}: {string.Join(',', world.Strays(record))} still work.");
            Assert.True(record.Compromised, what);
            return died;
        });
        Assert.True(kills > 40, $"Only {kills} places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_value_after_the_first_serves_loses_nothing(CredentialKind kind, bool previous)
    {
        int kills = await AtEveryPlaceAsync(kind, previous, async (world, _, place, what) =>
        {
            await world.Engine().StartAsync(world.Config, null, false, null, default);
            bool died = false;
            try
            {
                died = await DiesAsync(world, place, AnotherAsync);
            }
            catch (AfFaultException refused) when (kind == CredentialKind.PostgresRolePassword)
            {
                // Both roles are in use then: another password would end the one that serves.
                Assert.Equal(FaultId.RotationStateRefused, refused.Id);
            }

            async Task<RotationRecord> AnotherAsync()
            {
                RotationPorts ports = world.Ports() with
                {
                    Watch = (_, doing) =>
                    {
                        Assert.True(world.ServingValueWorks(), $"{what}, {doing}: production has no working value.");
                        return Task.CompletedTask;
                    },
                };
                return await new RotationEngine(ports, new() { PollEvery = TimeSpan.FromSeconds(2) }).ResumeAsync(world.Config, true, null, default);
            }

            Assert.True(world.ServingValueWorks(), $"{what}: production has no working value.");
            RotationRecord record = (await world.LatestAsync())!;
            for (int commands = 0; commands < MostCommands && record.State is not (RotationState.Draining or RotationState.Held); commands++)
            {
                record = await world.Engine().ResumeAsync(world.Config, false, null, default);
            }

            Assert.True(record.State is RotationState.Draining or RotationState.Held, $"{what}: {record.State}");
            Assert.True(world.ServingValueWorks() && world.EarlyEnds.Count == 0, $"{what}: {string.Join(',', world.EarlyEnds)} ended early.");
            return died;
        });
        Assert.True(kills > 0 || kind == CredentialKind.PostgresRolePassword, "No places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Given_up_wherever_the_rotation_died_it_lists_every_orphan(CredentialKind kind, bool previous)
    {
        int kills = await FromEveryPlaceAsync(kind, previous, async (world, _, what) =>
        {
            RotationRecord record = await world.Engine().StopAsync(world.Config, default);
            Assert.True(record.State == RotationState.Abandoned, $"{what}: {record.State}");
            Assert.All(world.Strays(record), stray => Assert.True(record.Leftovers.Any(line => line.Contains(stray, StringComparison.Ordinal)), $"{what}: {stray} is not listed."));
            Assert.True(world.Host.AutoAssign && world.ServingValueWorks() && world.Slot.Contents.Count == 0, what);
        });
        Assert.True(kills > 20, $"Only {kills} places were found.");
    }

    private static async Task<int> FromEveryPlaceAsync(CredentialKind kind, bool previous, Func<World, string, string, Task> then)
    {
        for (int place = 1; ; place++)
        {
            World world = new(kind, previous);
            string before = world.Host.ValueOf("SECRET")!;
            if (!await DiesAsync(world, place, () => world.Engine().StartAsync(world.Config, null, false, null, default)))
            {
                return place - 1;
            }

            if (await world.LatestAsync() is not null)
            {
                await then(world, before, $"{kind} killed at place {place}");
            }
        }
    }

    private static async Task<int> AtEveryPlaceAsync(CredentialKind kind, bool previous, Func<World, string, int, string, Task<bool>> run)
    {
        for (int place = 1; ; place++)
        {
            World world = new(kind, previous);
            if (!await run(world, world.Host.ValueOf("SECRET")!, place, $"{kind} killed at place {place}"))
            {
                return place - 1;
            }
        }
    }

    private static async Task<bool> BackAsync(World world, string before, int place, string what)
    {
        using Secret old = Secret.FromChars(before);
        if (await world.LatestAsync() is null)
        {
            await world.Engine().StartAsync(world.Config, null, false, null, default);
        }

        bool died = await DiesAsync(world, place, () => world.Engine().UndoAsync(world.Config, old, default));
        RotationRecord record = (await world.LatestAsync())!;
        string? made = record.NewId;
        for (int commands = 0; commands < MostCommands && record.State != RotationState.Undone && record.Hold?.Code is not (HoldCode.StepFailed or HoldCode.Refused or HoldCode.Ambiguous); commands++)
        {
            // Resume goes on with an undoing; what it cannot know the operator gives again.
            record = record.State == RotationState.Undoing && commands == 0
                ? await world.Engine().ResumeAsync(world.Config, false, null, default)
                : await world.Engine().UndoAsync(world.Config, old, default);
        }

        Assert.True(record.State == RotationState.Undone || (place == 0 && record.State == RotationState.Held), $"{what}: {record.State} {record.Hold}");
        Assert.True(world.ServingValueWorks(), $"{what}: production has no working value.");
        if (record.State == RotationState.Undone)
        {
            Assert.True(before == world.Host.ValueOf("SECRET"), $"{what}: the lane has another value.");
            Assert.True(before == world.Host.Serving.Environment["SECRET"], $"{what}: production has another value.");
            Assert.True(made is null || made == world.OldId || world.Providers.Find(made) is null or { Works: false }, $"{what}: {made} still works.");
            Assert.True(!world.Strays(record).Any(stray => stray != made), $"{what}: {string.Join(',', world.Strays(record))} still work.");
            Assert.True(world.OldId is null || world.Providers.Find(world.OldId)!.Works, $"{what}: the old one does not work.");
            Assert.Empty(world.Slot.Contents);
            Assert.True(world.Host.AutoAssign, $"{what}: the domains are still held.");
        }

        return died;
    }

    private static async Task<bool> DiesAsync(World world, int place, Func<Task<RotationRecord>> command)
    {
        world.Wire.Restart(place);
        try
        {
            await command();
            return false;
        }
        catch (ProcessDeath)
        {
            return true;
        }
        finally
        {
            world.Journal.DropLeases();
            world.Wire.Restart();
        }
    }
}
