using AgentFlow.Faults;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The ways through the states other than straight ahead: plans, holds, other values, the way back, giving up, a compromise.</summary>
public sealed class RotationWaysTests
{
    private const string Given = "given-by-hand-1";

    [Fact]
    public async Task A_plan_reads_everything_writes_nothing_and_is_applied_as_it_is()
    {
        World world = new(CredentialKind.StripeWebhookSecret);
        RotationPlan plan = await world.Engine().PlanAsync(world.Config, false, default);
        Assert.Equal(0, world.Wire.Writes);
        Assert.Empty(world.Journal.Entries);
        Assert.Empty(plan.Blockers);
        Assert.Equal((world.OldId, world.Host.ServingId), (plan.OldId, plan.ServingDeploymentId));
        Assert.Equal("SECRET", Assert.Single(plan.Lanes).Name);
        Assert.Equal(plan.Hash, (await world.Engine().PlanAsync(world.Config, false, default)).Hash);
        Assert.Equal(RotationState.Draining, (await world.Engine().StartAsync(world.Config, plan, false, null, default)).State);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("variable")]
    [InlineData("config")]
    [InlineData("provider")]
    public async Task A_plan_whose_ground_has_changed_is_stale(string change)
    {
        World world = new(CredentialKind.AwsIamAccessKey);
        RotationPlan plan = await world.Engine().PlanAsync(world.Config, false, default);
        switch (change)
        {
            case "deploy":
                world.Host.Deploy();
                break;
            case "variable":
                world.Host.Overwrite("SECRET", "other");
                break;
            case "config":
                world.Config = world.Config with { SoakMinutes = 1 };
                break;
            default:
                world.Providers.All.Clear();
                world.Providers.Add("AK");
                break;
        }

        AfFaultException fault = await FaultAsync(world.Engine().StartAsync(world.Config, plan, false, null, default));
        Assert.Equal(FaultId.RotationPlanStale, fault.Id);
        Assert.Equal(0, world.Wire.Writes);
    }

    [Fact]
    public async Task An_open_rotation_blocks_the_next_one()
    {
        World world = new(CredentialKind.GeneratedSecret);
        await world.Engine().StartAsync(world.Config, null, false, null, default);
        AfFaultException fault = await FaultAsync(world.Engine().StartAsync(world.Config, null, false, null, default));
        Assert.Equal(FaultId.RotationBlocked, fault.Id);
        Assert.Contains(nameof(BlockerCode.OpenRotation), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manual_kind_waits_for_its_value_and_later_for_the_attested_revocation()
    {
        World world = new(CredentialKind.GenericManual);
        RotationRecord held = await world.Engine().StartAsync(world.Config, null, false, null, default);
        Assert.Equal((RotationState.Held, HoldCode.ValueNeeded, RotationState.Preflighted), (held.State, held.Hold!.Code, held.ResumeState));
        Assert.Contains("Resume-AfEnvRotation", held.Hold.Todo, StringComparison.Ordinal);
        Assert.NotNull(held.Hold.Card);
        using Secret value = Secret.FromChars(Given);
        Assert.Equal(RotationState.Draining, (await world.Engine().ResumeAsync(world.Config, false, value, default)).State);
        Assert.Equal(Given, world.Host.Serving.Environment["SECRET"]);
        world.Host.Deploy();
        world.Host.Deploy();
        world.Time.Advance(TimeSpan.FromHours(80));
        held = await world.Engine().CompleteAsync(world.Config, default);
        Assert.Equal((RotationState.Held, HoldCode.RevocationNeeded), (held.State, held.Hold!.Code));
        Assert.Equal(FaultId.RotationStateRefused, (await FaultAsync(world.Engine().ConfirmAsync(world.Config, true, " ", default))).Id);
        await world.Engine().ConfirmAsync(world.Config, true, "audit-log entry 4711", default);
        RotationRecord closed = await world.Engine().CompleteAsync(world.Config, default);
        Assert.Equal(RotationState.Closed, closed.State);

        // Attested, not measured: the level is not the one of a death that was seen.
        Assert.True(closed.Proof < ProofLevel.OldDead);
        Assert.Contains("attested", closed.ProofNote, StringComparison.Ordinal);
        Assert.DoesNotContain(Given, world.Remains(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("given-by-hand ")]
    [InlineData("")]
    public async Task A_value_with_an_edge_is_refused_and_not_kept(string text)
    {
        World world = new(CredentialKind.GenericManual);
        using Secret value = Secret.FromChars(text);
        RotationRecord held = await world.Engine().StartAsync(world.Config, null, false, value, default);
        Assert.Equal((RotationState.Held, HoldCode.Refused), (held.State, held.Hold!.Code));
        Assert.DoesNotContain(world.Slot.Contents.Keys, name => name.Contains("-g", StringComparison.Ordinal));
        Assert.Equal("value-before", world.Host.ValueOf("SECRET"));
    }

    [Fact]
    public async Task Without_a_fingerprint_route_the_proof_ends_at_L2_and_says_so()
    {
        World world = new(CredentialKind.GeneratedSecret);
        world.Host.HasFingerprint = false;
        RotationRecord record = await world.Engine().StartAsync(world.Config, null, false, null, default);
        Assert.Equal((RotationState.Draining, ProofLevel.Boots), (record.State, record.Proof));
        Assert.Contains("no fingerprint route", record.ProofNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_reads_the_value_elsewhere_is_held_before_any_visitor_sees_it()
    {
        World world = new(CredentialKind.GeneratedSecret);
        string before = world.Host.ServingId;
        world.Host.Spoils = true;
        RotationRecord held = await world.Engine().StartAsync(world.Config, null, false, null, default);
        Assert.Equal((RotationState.Held, HoldCode.StepFailed, RotationState.Staged), (held.State, held.Hold!.Code, held.ResumeState));
        Assert.Contains("does not hold the new value", held.Hold.Reason, StringComparison.Ordinal);
        Assert.Equal(before, world.Host.ServingId);
        Assert.True(world.Host.AutoAssign);
    }

    [Fact]
    public async Task An_unhealthy_build_is_not_promoted()
    {
        World world = new(CredentialKind.GeneratedSecret);
        string before = world.Host.ServingId;
        world.Host.Unhealthy = "/login answers 500, not 200.";
        RotationRecord held = await world.Engine().StartAsync(world.Config, null, false, null, default);
        Assert.Equal((RotationState.Held, HoldCode.StepFailed), (held.State, held.Hold!.Code));
        Assert.Contains("/login", held.Hold.Reason, StringComparison.Ordinal);
        Assert.Equal(before, world.Host.ServingId);
        world.Host.Unhealthy = null;
        Assert.Equal(RotationState.Draining, (await world.Engine().ResumeAsync(world.Config, false, null, default)).State);
    }

    [Fact]
    public async Task L4_is_proven_when_the_old_one_stayed_unused_for_the_soak()
    {
        World world = new(CredentialKind.AwsIamAccessKey);
        await world.Engine().StartAsync(world.Config, null, false, null, default);
        Assert.Equal(ProofLevel.SameValue, (await world.Engine().ConfirmAsync(world.Config, false, null, default)).Proof);
        world.Time.Advance(TimeSpan.FromMinutes(world.Config.SoakMinutes + 1));
        RotationRecord record = await world.Engine().ConfirmAsync(world.Config, false, null, default);
        Assert.Equal(ProofLevel.OldUnused, record.Proof);
        Assert.NotEmpty(record.Blockers);
    }

    [Theory]
    [InlineData(CredentialKind.GeneratedSecret, true)]
    [InlineData(CredentialKind.StripeWebhookSecret, false)]
    [InlineData(CredentialKind.SupabaseApiKey, false)]
    [InlineData(CredentialKind.PostgresRolePassword, false)]
    [InlineData(CredentialKind.AwsIamAccessKey, false)]
    [InlineData(CredentialKind.SesSmtpPassword, false)]
    public async Task Undone_production_is_on_the_old_value_and_the_new_one_is_gone(CredentialKind kind, bool previous)
    {
        World world = new(kind, previous);
        string before = world.Host.ValueOf("SECRET")!;
        RotationRecord draining = await world.Engine().StartAsync(world.Config, null, false, null, default);
        string? made = draining.NewId;
        RotationRecord undone = await world.Engine().UndoAsync(world.Config, null, default);
        if (undone.State == RotationState.Held)
        {
            // Sensitive lanes cannot be read back: the operator has to know the value.
            Assert.Equal(HoldCode.ValueNeeded, undone.Hold!.Code);
            using Secret old = Secret.FromChars(before);
            undone = await world.Engine().UndoAsync(world.Config, old, default);
        }

        Assert.Equal(RotationState.Undone, undone.State);
        Assert.Equal(before, world.Host.ValueOf("SECRET"));
        Assert.Equal(before, world.Host.Serving.Environment["SECRET"]);
        Assert.True(world.ServingValueWorks());
        Assert.True(made is null || made == world.OldId || world.Providers.Find(made) is null or { Works: false });
        Assert.Empty(world.Slot.Contents);
        Assert.Null(previous ? world.Host.ValueOf("SECRET_PREVIOUS") : null);
    }

    [Theory]
    [InlineData(CredentialKind.GeneratedSecret, false)]
    [InlineData(CredentialKind.GeneratedSecret, true)]
    [InlineData(CredentialKind.StripeWebhookSecret, false)]
    [InlineData(CredentialKind.StripeWebhookSecret, true)]
    [InlineData(CredentialKind.SupabaseApiKey, true)]
    public async Task Undone_after_another_value_production_is_on_the_old_one_too(CredentialKind kind, bool secondBuildFails)
    {
        World world = new(kind);
        string before = world.Host.ValueOf("SECRET")!;
        await world.Engine().StartAsync(world.Config, null, false, null, default);
        world.Host.Unhealthy = secondBuildFails ? "/ answers 500." : null;
        RotationRecord record = await world.Engine().ResumeAsync(world.Config, true, null, default);
        Assert.Equal((secondBuildFails ? RotationState.Held : RotationState.Draining, 2), (record.State, record.Generation));
        world.Host.Unhealthy = null;
        using Secret old = Secret.FromChars(before);
        RotationRecord undone = await world.Engine().UndoAsync(world.Config, old, default);
        Assert.True(undone.State == RotationState.Undone, $"{undone.State} {undone.Hold}");
        Assert.Equal((before, before), (world.Host.ValueOf("SECRET"), world.Host.Serving.Environment["SECRET"]));
        Assert.True(world.ServingValueWorks());
        Assert.Empty(world.Strays(undone with { NewId = null }));
    }

    [Fact]
    public async Task Undone_after_a_newer_deployment_the_same_sources_are_built_with_the_old_value()
    {
        World world = new(CredentialKind.GeneratedSecret);
        await world.Engine().StartAsync(world.Config, null, false, null, default);
        string newer = world.Host.Deploy();
        RotationRecord undone = await world.Engine().UndoAsync(world.Config, null, default);
        Assert.Equal(RotationState.Undone, undone.State);
        Assert.NotEqual(newer, world.Host.ServingId);
        Assert.Equal("value-before", world.Host.Serving.Environment["SECRET"]);
    }

    [Fact]
    public async Task There_is_no_way_back_once_the_revocation_has_begun()
    {
        World world = new(CredentialKind.GeneratedSecret);
        await world.Engine().StartAsync(world.Config, null, false, null, default);
        world.Host.Deploy();
        world.Host.Deploy();
        world.Time.Advance(TimeSpan.FromHours(80));
        Assert.Equal(RotationState.Closed, (await world.Engine().CompleteAsync(world.Config, default)).State);
        Assert.Equal(FaultId.RotationStateRefused, (await FaultAsync(world.Engine().UndoAsync(world.Config, null, default))).Id);
    }

    [Fact]
    public async Task Given_up_it_lists_what_works_what_holds_the_value_and_what_was_built()
    {
        World world = new(CredentialKind.AwsIamAccessKey);
        world.Host.Unhealthy = "/ answers 500.";
        RotationRecord held = await world.Engine().StartAsync(world.Config, null, false, null, default);
        RotationRecord stopped = await world.Engine().StopAsync(world.Config, default);
        Assert.Equal(RotationState.Abandoned, stopped.State);
        Assert.Contains(stopped.Leftovers, line => line.Contains(held.NewId!, StringComparison.Ordinal));
        Assert.Contains(stopped.Leftovers, line => line.Contains(world.OldId!, StringComparison.Ordinal));
        Assert.Contains(stopped.Leftovers, line => line.Contains("SECRET", StringComparison.Ordinal));
        Assert.All(world.Strays(stopped), stray => Assert.Contains(stopped.Leftovers, line => line.Contains(stray, StringComparison.Ordinal)));
        Assert.Empty(world.Slot.Contents);
        Assert.True(world.ServingValueWorks());
    }

    [Fact]
    public async Task Another_value_removes_what_the_last_one_left_and_the_old_credential_stays()
    {
        World world = new(CredentialKind.AwsIamAccessKey);
        world.Host.Unhealthy = "/ answers 500.";
        RotationRecord held = await world.Engine().StartAsync(world.Config, null, false, null, default);
        world.Host.Unhealthy = null;
        RotationRecord record = await world.Engine().ResumeAsync(world.Config, true, null, default);

        // The first new key stands in a lane and the user has room for two: the way is free only once a place is.
        Assert.True(record.State is RotationState.Draining or RotationState.Held, $"{record.State}");
        Assert.Equal(2, record.Generation);
        Assert.True(world.ServingValueWorks());
        Assert.True(world.Providers.Find(world.OldId!)!.Works);
        Assert.True(record.State == RotationState.Held || record.NewId != held.NewId);
    }

    [Fact]
    public async Task A_compromised_credential_is_disabled_before_anything_is_written()
    {
        World world = new(CredentialKind.AwsIamAccessKey);
        world.Providers.OnEnd = null;
        RotationPlan plan = await world.Engine().PlanAsync(world.Config, true, default);
        Assert.Contains("Disable", plan.Steps[1], StringComparison.Ordinal);
        List<string> order = [];
        RotationPorts ports = world.Ports() with { Watch = (_, doing) => { order.Add(doing); return Task.CompletedTask; } };
        RotationRecord record = await new RotationEngine(ports, new()).StartAsync(world.Config, null, true, null, default);
        Assert.Equal((RotationState.Draining, true), (record.State, record.Compromised));
        Assert.True(order.FindIndex(one => one.EndsWith("quiesce", StringComparison.Ordinal)) < order.FindIndex(one => one.EndsWith("stage", StringComparison.Ordinal)));
        Assert.False(world.Providers.Find(world.OldId!)!.Works);
        world.Time.Advance(TimeSpan.FromMinutes(world.Config.SoakMinutes + 1));
        Assert.Equal(RotationState.Closed, (await world.Engine().CompleteAsync(world.Config, default)).State);
    }

    [Fact]
    public async Task A_lane_that_somebody_removed_in_the_middle_holds()
    {
        World world = new(CredentialKind.StripeWebhookSecret);
        RotationPorts ports = world.Ports() with
        {
            Watch = (record, doing) =>
            {
                if (doing == nameof(RotationState.Minted))
                {
                    world.Host.Remove("SECRET");
                }

                return Task.CompletedTask;
            },
        };
        RotationRecord held = await new RotationEngine(ports, new()).StartAsync(world.Config, null, false, null, default);
        Assert.Equal((RotationState.Held, HoldCode.ChangedUnderneath), (held.State, held.Hold!.Code));
    }

    [Fact]
    public async Task The_ticket_has_ids_times_and_levels_and_no_value()
    {
        World world = new(CredentialKind.StripeWebhookSecret);
        RotationRecord record = await world.Engine().StartAsync(world.Config, null, false, null, default);
        string text = RotationTicket.Format(await world.Engine().ReadAsync(world.Config, default));
        Assert.All([record.RotationId, record.OldId!, record.NewId!, record.DeploymentId!, "L3", "Draining", nameof(BlockerCode.RollbackFloor)], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain(world.Host.ValueOf("SECRET")!, text, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Providers.Find(world.OldId!)!.Value, text, StringComparison.Ordinal);
    }

    private static Task<AfFaultException> FaultAsync(Task call) => Assert.ThrowsAsync<AfFaultException>(() => call);
}
