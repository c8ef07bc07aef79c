using AgentFlow.Journal;
using AgentFlow.Rotation;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The short campaign: every unattended kind dies at every place, and every outside write goes wrong in every way; then it is resumed and audited.</summary>
public sealed class CampaignTests
{
    public static TheoryData<CredentialKind, bool> Kinds => new()
    {
        { CredentialKind.GeneratedSecret, true },
        { CredentialKind.StripeWebhookSecret, false },
        { CredentialKind.SupabaseApiKey, false },
        { CredentialKind.PostgresRolePassword, false },
        { CredentialKind.AwsIamAccessKey, false },
        { CredentialKind.SesSmtpPassword, false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Killed_at_any_place_it_ends_closed_and_nothing_is_lost(CredentialKind kind, bool previous)
    {
        int kills = 0;
        for (int place = 1; ; place++)
        {
            World world = new(kind, previous);
            (RotationRecord record, int deaths) = await RunToEndAsync(world, place);
            if (deaths == 0)
            {
                break;
            }

            kills += deaths;
            await AuditAsync(world, record, $"{kind} killed at place {place}", RotationState.Closed);
        }

        Assert.True(kills > 60, $"Only {kills} places were found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_happens_to_a_write_it_ends_closed_or_held_and_nothing_is_lost(CredentialKind kind, bool previous)
    {
        foreach (Trouble trouble in Enum.GetValues<Trouble>().Skip(1))
        {
            for (int write = 1; ; write++)
            {
                World world = new(kind, previous);
                world.Wire.TroubleAt = write;
                world.Wire.Trouble = trouble;
                (RotationRecord record, _) = await RunToEndAsync(world, 0);
                if (world.Wire.Writes < write)
                {
                    break;
                }

                await AuditAsync(world, record, $"{kind} {trouble} at write {write}", RotationState.Closed, RotationState.Held);
            }
        }
    }

    /// <summary>Rotates, dying at one place, and goes on as an operator would until nothing more moves.</summary>
    private static async Task<(RotationRecord Record, int Deaths)> RunToEndAsync(World world, int dieAt)
    {
        int deaths = 0;
        int passed = 0;
        RotationRecord? record = null;
        Queue<Func<RotationEngine, Task<RotationRecord>>> commands = new();
        commands.Enqueue(engine => engine.StartAsync(world.Config, null, false, null, CancellationToken.None));
        while (commands.TryDequeue(out Func<RotationEngine, Task<RotationRecord>>? command))
        {
            world.Wire.Restart(dieAt > passed ? dieAt - passed : 0);
            try
            {
                record = await command(world.Engine());
            }
            catch (ProcessDeath)
            {
                deaths++;
                record = null;
            }

            passed += world.Wire.Places;
            world.Journal.DropLeases();
            world.Wire.Restart();
            Assert.True(world.ServingValueWorks(), $"Production has no working value after {world.Journal.Entries.Count} entries.");
            record ??= await world.LatestAsync();
            if (Next(world, record) is { } next && passed < 20_000)
            {
                commands.Enqueue(next);
            }
        }

        return (record!, deaths);
    }

    private static Func<RotationEngine, Task<RotationRecord>>? Next(World world, RotationRecord? record)
    {
        if (record is null)
        {
            return engine => engine.StartAsync(world.Config, null, false, null, CancellationToken.None);
        }

        if (record.IsEnded || (record.State == RotationState.Held && record.Hold!.Code is HoldCode.Ambiguous or HoldCode.StepFailed or HoldCode.Refused))
        {
            return null;
        }

        if (record.State is RotationState.Draining or RotationState.Quiesced or RotationState.Revoked
            || (record.State == RotationState.Held && record.ResumeState >= RotationState.Draining))
        {
            if (world.Host.Deployments.Count(deployment => deployment.Tag is null) < 3)
            {
                world.Host.Deploy();
                world.Host.Deploy();
            }

            world.Time.Advance(TimeSpan.FromHours(80));
            return engine => engine.CompleteAsync(world.Config, CancellationToken.None);
        }

        return engine => engine.ResumeAsync(world.Config, false, null, CancellationToken.None);
    }

    private static async Task AuditAsync(World world, RotationRecord record, string what, params RotationState[] allowed)
    {
        Assert.True(allowed.Contains(record.State), $"{what}: {record.State} {record.Hold}");
        Assert.True(record.State != RotationState.Held || record.Hold!.Reason.Length > 10, what);
        Assert.True(world.ServingValueWorks(), $"{what}: production has no working value.");
        Assert.True(world.EarlyEnds.Count == 0, $"{what}: {string.Join(',', world.EarlyEnds)} ended early.");
        Assert.True(world.Host.AutoAssign, $"{what}: the domains are still held.");
        JournalVerification verified = await JournalVerifier.VerifyAsync(world.Journal, "rotation/credential", [], CancellationToken.None);
        Assert.True(verified.Valid, $"{what}: {verified.Reason}");
        foreach (MemoryCredential one in world.Providers.All.Where(one => one.Value.Length > 0))
        {
            Assert.DoesNotContain(one.Value, world.Remains(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(world.Host.ValueOf("SECRET")!, world.Remains(), StringComparison.Ordinal);
        if (record.State == RotationState.Closed)
        {
            Assert.True(world.Strays(record).Count == 0, $"{what}: {string.Join(',', world.Strays(record))} still work.");
            Assert.Empty(world.Slot.Contents);
            Assert.Equal(world.Host.ValueOf("SECRET"), world.Host.Serving.Environment["SECRET"]);
            Assert.True(world.OldId is null || world.Providers.Find(world.OldId) is null or { Works: false }, $"{what}: the old one still works.");
        }
        else
        {
            string told = record.Hold!.Reason + record.NewId;
            Assert.All(world.Strays(record), stray => Assert.Contains(stray, told, StringComparison.Ordinal));
        }
    }
}
