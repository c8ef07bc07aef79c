using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Faults;
using AgentFlow.Journal;
using AgentFlow.Rotation;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The state is what the entries say, and nothing else.</summary>
public sealed class RotationFoldTests
{
    [Fact]
    public void The_forward_states_follow_each_other_with_their_times()
    {
        RotationView view = Fold(
            Planned(), State(RotationState.Preflighted), State(RotationState.Minted), State(RotationState.Staged), State(RotationState.Built), State(RotationState.Promoted),
            State(RotationState.Proven), State(RotationState.Draining), State(RotationState.Quiesced), State(RotationState.Revoked), State(RotationState.Closed));
        RotationRecord record = view.Record;
        Assert.Equal((RotationState.Closed, true, 11L), (record.State, record.IsEnded, record.Sequence));
        DateTimeOffset?[] times = [record.StartedAt, record.StagedAt, record.PromotedAt, record.ProvenAt, record.QuiescedAt, record.RevokedAt, record.UpdatedAt];
        Assert.DoesNotContain(null, times);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void An_intent_stays_open_until_its_outcome_is_recorded()
    {
        Assert.Equal([CallName.Stage], Fold(Planned(), Call(EntryType.Intent, CallName.Stage)).OpenCalls);
        Assert.Empty(Fold(Planned(), Call(EntryType.Intent, CallName.Stage), Call(EntryType.Done, CallName.Stage)).OpenCalls);
        RotationView refused = Fold(Planned(), Call(EntryType.Intent, CallName.Stage), Call(EntryType.Refused, CallName.Stage));
        Assert.Empty(refused.OpenCalls);

        // What was begun stays begun: it may have been done.
        Assert.Equal([CallName.Stage], refused.BegunCalls);
    }

    [Fact]
    public void A_hold_remembers_where_it_goes_on_and_resuming_forgets_the_failures()
    {
        RotationFact hold = new() { Hold = new() { Code = HoldCode.StepFailed, Reason = "It failed twice.", Todo = "Look.", Step = "build" }, ResumeState = RotationState.Staged };
        RotationView held = Fold(Planned(), State(RotationState.Staged), (EntryType.Failed, new()), (EntryType.Failed, new()), (EntryType.Held, hold));
        Assert.Equal((RotationState.Held, RotationState.Staged, 2), (held.Record.State, held.Record.ResumeState, held.Failures));
        RotationView resumed = Fold(Planned(), State(RotationState.Staged), (EntryType.Failed, new()), (EntryType.Failed, new()), (EntryType.Held, hold), (EntryType.Resumed, new() { ResumeState = RotationState.Staged }));
        Assert.Equal((RotationState.Staged, 0), (resumed.Record.State, resumed.Failures));
        Assert.Null(resumed.Record.Hold);
    }

    [Fact]
    public void Another_generation_supersedes_the_value_before()
    {
        RotationView view = Fold(
            Planned(), Call(EntryType.Intent, CallName.Mint), (EntryType.Done, new() { Call = CallName.Mint, NewId = "one" }), (EntryType.State, new() { State = RotationState.Preflighted, Generation = 2 }));
        Assert.Equal((2, null, 0), (view.Record.Generation, view.Record.NewId, view.Attempt));
        Assert.Equal(["one"], view.Superseded);
        Assert.Null(view.MintCalledAt);
        Assert.NotNull(view.LastMintCallAt);
        Assert.EndsWith("-g2", view.ValueSlot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "{}")]
    [InlineData(true, "[1]")]
    [InlineData(true, "{\"state\":\"Nowhere\"}")]
    public void An_entry_that_is_not_one_of_a_rotation_is_malformed(bool begun, string data)
    {
        RotationView? view = begun ? Fold(Planned()) : null;
        JournalEntry entry = Entry(2, EntryType.State, new()) with { Data = data };
        AfFaultException fault = Assert.Throws<AfFaultException>(() => RotationFold.Apply(view, entry));
        Assert.Equal(FaultId.JournalMalformed, fault.Id);
        Assert.Throws<AfFaultException>(() => RotationFold.Apply(Fold(Planned()), Entry(2, EntryType.State, new() { State = RotationState.Minted }) with { Subject = "rot_other" }));
    }

    [Fact]
    public async Task A_real_journal_folds_to_the_same_view_each_time_and_no_entry_has_a_value()
    {
        World world = new(CredentialKind.AwsIamAccessKey);
        RotationRecord live = await world.Engine().StartAsync(world.Config, null, false, null, default);
        RotationHistory first = await RotationStream.ReadAsync(world.Journal, "credential", default);
        RotationHistory second = await RotationStream.ReadAsync(world.Journal, "credential", default);
        string text = JsonSerializer.Serialize(live);
        Assert.Equal(text, JsonSerializer.Serialize(first.Newest!.Record));
        Assert.Equal(text, JsonSerializer.Serialize(second.Newest!.Record));
        Assert.DoesNotContain(world.Host.ValueOf("SECRET")!, world.Remains(), StringComparison.Ordinal);
    }

    private static (string Type, RotationFact Fact) Planned() => (EntryType.Planned, new() { Credential = "one", Kind = CredentialKind.GeneratedSecret, PlanHash = "hash" });

    private static (string Type, RotationFact Fact) State(RotationState state) => (EntryType.State, new() { State = state });

    private static (string Type, RotationFact Fact) Call(string type, string call) => (type, new() { Call = call });

    private static RotationView Fold(params (string Type, RotationFact Fact)[] facts)
    {
        RotationView? view = null;
        for (int i = 0; i < facts.Length; i++)
        {
            view = RotationFold.Apply(view, Entry(i + 1, facts[i].Type, facts[i].Fact));
        }

        return view!;
    }

    private static JournalEntry Entry(long sequence, string type, RotationFact fact) => JournalChain.Next(
        sequence == 1 ? null : new() { Stream = "rotation/one", Sequence = sequence - 1, Hash = JournalChain.Genesis, RecordedAt = DateTimeOffset.UnixEpoch },
        new("rotation/one", type, "rot_a", (JsonObject)JsonSerializer.SerializeToNode(fact, RotationJson.Default.RotationFact)!),
        "me",
        DateTimeOffset.UnixEpoch.AddMinutes(sequence));
}
