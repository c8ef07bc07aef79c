using System.Security;
using System.Text.Json.Nodes;
using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Rotation;

/// <summary>The rotation as an operator runs it: the packed module against a sandbox.</summary>
public sealed class RotationCommandTests(RotationRehearsal rehearsal) : IClassFixture<RotationRehearsal>
{
    private const string Yes = RotationRehearsal.Yes;

    [Fact]
    public async Task The_inventory_tells_kind_lanes_age_and_due_date_and_no_value()
    {
        await rehearsal.ResetAsync();
        EngineResult result = rehearsal.Run("Get-AfCredential");
        Assert.Empty(result.Errors);
        dynamic session = rehearsal.One("Get-AfCredential session-secret");
        Assert.Equal("GeneratedSecret", session.Kind.ToString());
        Assert.True(session.Lanes.Count >= 1);
        Assert.NotNull(session.DueAt);
        Assert.True(session.AgeDays >= 0);
        Assert.True(result.Output.Count >= 6);
        Assert.Equal(0, await rehearsal.WritesAsync());
        string said = RotationRehearsal.Said(result);
        Assert.All(RotationRehearsal.Values(await rehearsal.TruthAsync()), value => Assert.DoesNotContain(value, said, StringComparison.Ordinal));
        Assert.Equal("AfRotationCredentialUnknown", rehearsal.Run("Get-AfCredential nothing").ErrorId);
    }

    [Fact]
    public async Task WhatIf_reads_everything_gives_the_plan_and_writes_nothing_anywhere()
    {
        await rehearsal.ResetAsync();
        dynamic plan = rehearsal.One("Invoke-AfEnvRotation stripe-webhook -WhatIf");
        Assert.Equal("RotationPlan", ((object)plan).GetType().Name);
        Assert.Equal(0, plan.Blockers.Count);
        Assert.True(plan.Steps.Count >= 6);
        Assert.Equal(0, await rehearsal.WritesAsync());
        Assert.Empty(rehearsal.Run("Get-AfJournal").Output);
    }

    [Fact]
    public async Task Without_a_prompt_the_target_must_be_named_and_be_the_right_one()
    {
        await rehearsal.ResetAsync();
        foreach (string command in (string[])["Invoke-AfEnvRotation session-secret -Confirm:$false", "$ConfirmPreference = 'None'; Invoke-AfEnvRotation session-secret", "Invoke-AfEnvRotation session-secret -Confirm:$false -ConfirmTarget another"])
        {
            EngineResult result = rehearsal.Run("& { " + command + " }");
            Assert.Equal("AfRotationStateRefused", result.ErrorId);
            Assert.Contains("-ConfirmTarget 'agentflow'", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(0, await rehearsal.WritesAsync());
        Assert.Empty(rehearsal.Run("Get-AfEnvRotation").Output);
    }

    [Fact]
    public async Task A_reviewed_plan_is_applied_stops_at_draining_and_later_closes_and_nothing_is_ever_shown()
    {
        await rehearsal.ResetAsync();
        JsonNode before = await rehearsal.TruthAsync();
        EngineResult rotated = rehearsal.Run($"$VerbosePreference = $DebugPreference = 'Continue'; $plan = Invoke-AfEnvRotation session-secret -WhatIf; $plan | Invoke-AfEnvRotation {Yes}");
        Assert.Empty(rotated.Errors);
        dynamic draining = Assert.Single(rotated.Output).BaseObject;
        Assert.Equal(("Draining", "SameValue"), ((string)draining.State.ToString(), (string)draining.Proof.ToString()));
        JsonNode between = await rehearsal.TruthAsync();
        Assert.NotEqual(before["serving"]!["AUTH_SECRET"]!.GetValue<string>(), between["serving"]!["AUTH_SECRET"]!.GetValue<string>());

        // Its ground has changed with it: the same plan again is stale, once the way is free.
        EngineResult early = rehearsal.Run($"Complete-AfEnvRotation session-secret {Yes}");
        dynamic waiting = Assert.Single(early.Output).BaseObject;
        Assert.Equal("Draining", waiting.State.ToString());
        Assert.Contains("RollbackFloor", string.Join(' ', ((IEnumerable<object>)waiting.Blockers).Select(one => one.ToString())), StringComparison.Ordinal);
        EngineResult confirmed = rehearsal.Run("Confirm-AfEnvRotation session-secret");
        Assert.Empty(confirmed.Errors);
        await rehearsal.DeployAsync();
        await rehearsal.DeployAsync();
        EngineResult closed = rehearsal.Run($"Complete-AfEnvRotation session-secret {Yes}");
        Assert.Empty(closed.Errors);
        Assert.Equal("Closed", ((dynamic)Assert.Single(closed.Output).BaseObject).State.ToString());
        EngineResult stale = rehearsal.Run($"$plan | Invoke-AfEnvRotation {Yes}");
        Assert.Equal("AfRotationPlanStale", stale.ErrorId);
        EngineResult ticket = rehearsal.Run("Get-AfEnvRotation session-secret -AsTicketText; Get-AfEnvRotation -History; Get-AfJournal");
        Assert.Contains("L5", ticket.Output[0].ToString(), StringComparison.Ordinal);

        HashSet<string> values = RotationRehearsal.Values(before, between, await rehearsal.TruthAsync());
        Assert.True(values.Count > 5);
        string said = string.Concat(new[] { rotated, early, confirmed, closed, stale, ticket }.Select(RotationRehearsal.Said));
        byte[][] files = [.. Directory.EnumerateFiles(rehearsal.JournalFolder, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes)];
        foreach (string value in values)
        {
            Assert.DoesNotContain(value, said, StringComparison.Ordinal);
            Assert.DoesNotContain(files, file => file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(value)) >= 0);
        }

        Assert.True(rehearsal.Run("Test-AfJournal -Quiet").Output[0].BaseObject is true);
    }

    [Fact]
    public async Task A_session_that_cannot_ask_ends_held_and_says_what_to_do()
    {
        await rehearsal.ResetAsync();
        dynamic held = rehearsal.One($"Invoke-AfEnvRotation openai-key {Yes}");
        Assert.Equal(("Held", "ValueNeeded"), ((string)held.State.ToString(), (string)held.Hold.Code.ToString()));
        Assert.Contains("Resume-AfEnvRotation openai-key -Value", (string)held.Hold.Todo, StringComparison.Ordinal);
        string value = "made-by-hand-" + Guid.NewGuid().ToString("N");
        EngineResult resumed = rehearsal.Run($"param($value) Resume-AfEnvRotation openai-key -Value $value {Yes}", ("value", Secure(value)));
        Assert.Equal("Draining", ((dynamic)Assert.Single(resumed.Output).BaseObject).State.ToString());
        Assert.Equal(value, (await rehearsal.TruthAsync())["serving"]!["OPENAI_API_KEY"]!.GetValue<string>());
        Assert.DoesNotContain(value, RotationRehearsal.Said(resumed), StringComparison.Ordinal);
        EngineResult undone = rehearsal.Run($"Undo-AfEnvRotation openai-key {Yes}");
        dynamic record = Assert.Single(undone.Output).BaseObject;
        Assert.Contains((string)record.State.ToString(), (string[])["Undone", "Held"]);
    }

    [Fact]
    public async Task Another_value_the_way_back_and_giving_up()
    {
        await rehearsal.ResetAsync();
        string old = (await rehearsal.TruthAsync())["serving"]!["STRIPE_WEBHOOK_SECRET"]!.GetValue<string>();
        dynamic first = rehearsal.One($"Invoke-AfEnvRotation stripe-webhook {Yes}");
        dynamic second = rehearsal.One($"Resume-AfEnvRotation stripe-webhook -Regenerate {Yes}");
        Assert.Equal((2, "Draining"), ((int)second.Generation, (string)second.State.ToString()));
        Assert.NotEqual((string)first.NewId, (string)second.NewId);
        dynamic undone = rehearsal.One($"param($old) Undo-AfEnvRotation stripe-webhook -OldValue $old {Yes}", ("old", Secure(old)));
        Assert.Equal("Undone", undone.State.ToString());
        JsonNode truth = await rehearsal.TruthAsync();
        Assert.Equal(old, truth["serving"]!["STRIPE_WEBHOOK_SECRET"]!.GetValue<string>());
        Assert.Equal(old, Assert.Single(truth["credentials"]!.AsArray(), one => one!["owner"]!.GetValue<string>() == "stripe")!["value"]!.GetValue<string>());

        dynamic again = rehearsal.One($"Invoke-AfEnvRotation stripe-webhook {Yes}");
        EngineResult preview = rehearsal.Run("Stop-AfEnvRotation stripe-webhook -WhatIf");
        Assert.Equal("Draining", ((dynamic)Assert.Single(preview.Output).BaseObject).State.ToString());
        dynamic stopped = rehearsal.One($"Stop-AfEnvRotation stripe-webhook {Yes}");
        Assert.Equal("Abandoned", stopped.State.ToString());
        string leftovers = string.Join('\n', (IEnumerable<string>)stopped.Leftovers);
        Assert.Contains((string)again.NewId + " (ends in ", leftovers, StringComparison.Ordinal);
        Assert.Contains("STRIPE_WEBHOOK_SECRET", leftovers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compromised_key_is_disabled_at_once()
    {
        await rehearsal.ResetAsync();
        dynamic plan = rehearsal.One("Invoke-AfEnvRotation aws-key -Compromised -WhatIf");
        Assert.StartsWith("Disable", ((IEnumerable<string>)plan.Steps).ElementAt(1), StringComparison.Ordinal);
        string old = (await rehearsal.TruthAsync())["serving"]!["AWS_ACCESS_KEY_ID"]!.GetValue<string>();
        dynamic record = rehearsal.One($"Invoke-AfEnvRotation aws-key -Compromised {Yes}");
        Assert.Equal(("Draining", true), ((string)record.State.ToString(), (bool)record.Compromised));
        JsonNode key = (await rehearsal.TruthAsync())["credentials"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == old)!;
        Assert.False(key["works"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_tampered_journal_names_its_first_bad_entry_and_a_kept_head_tells_of_a_cut()
    {
        await rehearsal.ResetAsync();
        dynamic none = rehearsal.One("$anchors = Get-AfJournal -Head; Test-AfJournal -Anchor $anchors");
        Assert.Equal("Skipped", none.Outcome.ToString());
        rehearsal.One($"Invoke-AfEnvRotation openai-key {Yes}");
        dynamic good = rehearsal.One("$anchors = Get-AfJournal -Head; Test-AfJournal -Anchor $anchors");
        Assert.Equal("Pass", good.Outcome.ToString());

        // As read back from a file: names and text only.
        dynamic kept = rehearsal.One("""
            $text = $anchors | ForEach-Object { "$($_.Stream)|$($_.Sequence)|$($_.Hash)|$($_.RecordedAt.ToString('o'))" }
            $back = $text | ForEach-Object { $p = $_.Split('|'); [pscustomobject]@{ Stream = $p[0]; Sequence = [long]$p[1] + 7; Hash = $p[2]; RecordedAt = $p[3] } }
            Test-AfJournal -Anchor $back
            """);
        Assert.Equal("Fail", kept.Outcome.ToString());
        Assert.Contains("cut off", (string)kept.Reason, StringComparison.Ordinal);
    }

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }
}
