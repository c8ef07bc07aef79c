using System.Text.Json.Nodes;
using AgentFlow.Benchmarks.Rotation;
using AgentFlow.Rotation;
using AgentFlow.Safety;
using AgentFlow.TestKit;
using AgentFlow.TestKit.Contracts;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>Every kind from its beginning to its end over HTTP and the database wire; each request is held against the published contracts.</summary>
public sealed class KindsOnTheSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly TimeSpan s_later = TimeSpan.FromHours(100);

    private CampaignSandbox Sandbox => fixture.Sandbox;

    public static TheoryData<string> Unattended => new(CampaignKind.All.Select(kind => kind.Credential));

    [Theory]
    [MemberData(nameof(Unattended))]
    public async Task An_unattended_kind_closes_and_keeps_to_the_contracts(string name)
    {
        CampaignKind kind = CampaignKind.All.Single(one => one.Credential == name);
        Assert.SkipWhen(name == "database-password" && !Sandbox.Host.Ready.DatabaseAvailable, Sandbox.Host.Ready.DatabaseReason ?? string.Empty);
        await Sandbox.ResetAsync();
        await Sandbox.Host.ClearRequestsAsync();
        string old = RehearsedRotation.Text((await Sandbox.TruthAsync())["serving"]![kind.Variable])!;
        string made;
        await using (RehearsedRotation now = new(Sandbox))
        {
            RotationRecord draining = await now.Engine.StartAsync(now.Credential(name), null, false, null, default);
            Assert.True(draining is { State: RotationState.Draining, Proof: ProofLevel.SameValue }, $"{draining.State} {draining.Hold}");
            made = (await now.LaneAsync(kind.Variable))!;
            Assert.NotEqual(old, made);
            Assert.Equal(made, await now.ServedAsync(kind.Variable));
            JsonNode truth = await Sandbox.TruthAsync();
            Assert.True(await kind.WorksAsync(made, truth));
            Assert.True(await kind.WorksAsync(old, truth));
            Assert.NotEmpty((await now.Engine.CompleteAsync(now.Credential(name), default)).Blockers);
            Assert.True(await kind.WorksAsync(old, await Sandbox.TruthAsync()));
        }

        await Sandbox.DeployAsync();
        RotationRecord closed = await CompleteAsync(name);
        Assert.True(closed is { State: RotationState.Closed, Proof: ProofLevel.OldDead }, $"{closed.State} {closed.Hold} {string.Join("; ", closed.Blockers)}");
        JsonNode after = await Sandbox.TruthAsync();
        Assert.True(await kind.WorksAsync(made, after));
        Assert.False(kind.HasProvider && await kind.WorksAsync(old, after));
        Assert.True(after["autoAssign"]!.GetValue<bool>());
        await KeepsToTheContractsAsync();
    }

    [Fact]
    public async Task A_legacy_key_is_replaced_by_a_new_one_and_disabling_the_legacy_ones_can_be_taken_back()
    {
        await Sandbox.ResetAsync();
        await Sandbox.Host.ClearRequestsAsync();
        await using RehearsedRotation rotation = new(Sandbox, change: one => one with { ReplacesLegacy = one.Kind == CredentialKind.SupabaseApiKey });
        CredentialConfig credential = rotation.Credential("supabase-secret");
        RotationRecord record = await rotation.Engine.StartAsync(credential, null, false, null, default);
        Assert.Equal((RotationState.Draining, "legacy"), (record.State, record.OldId));
        await Sandbox.DeployAsync();
        record = await rotation.Engine.CompleteAsync(credential, default);
        Assert.True(record.State == RotationState.Quiesced, $"{record.State} {record.Hold} {string.Join("; ", record.Blockers)}");
        ICredentialKind kind = rotation.Ports.KindOf(credential);
        Assert.Equal(OldLife.Disabled, (await kind.ReadOldAsync(credential, "legacy", default)).Life);
        record = await rotation.Engine.UndoAsync(credential, null, default);
        Assert.Equal(HoldCode.ValueNeeded, record.Hold!.Code);
        Assert.Equal(OldLife.Alive, (await kind.ReadOldAsync(credential, "legacy", default)).Life);
        await KeepsToTheContractsAsync();
    }

    [Theory]
    [InlineData("stripe", true)]
    [InlineData("stripe", false)]
    [InlineData("github", true)]
    [InlineData("github", false)]
    public async Task What_an_operator_pastes_is_asked_of_its_provider_first(string provider, bool good)
    {
        await Sandbox.ResetAsync();
        await Sandbox.Host.ClearRequestsAsync();
        await using RehearsedRotation rotation = new(Sandbox, change: one => one.Kind != CredentialKind.GenericManual ? one : one with
        {
            Kind = provider == "stripe" ? CredentialKind.StripeApiKey : CredentialKind.GitHubToken,
        });
        CredentialConfig credential = rotation.Credential("openai-key");
        string before = (await rotation.LaneAsync("OPENAI_API_KEY"))!;
        string reference = provider == "stripe" ? rotation.Config.Stripe.Key! : rotation.Config.GitHub.Token!;
        string working = (await File.ReadAllTextAsync(reference["file:".Length..])).Trim();
        using Secret value = Secret.FromChars(good ? working : working[..8] + new string('x', working.Length - 8));
        RotationRecord record = await rotation.Engine.StartAsync(credential, null, false, value, default);
        Assert.True(record.State == (good ? RotationState.Draining : RotationState.Held), $"{record.State} {record.Hold}");
        Assert.Equal(good ? working : before, await rotation.LaneAsync("OPENAI_API_KEY"));
        Assert.True(good || record.Hold!.Code == HoldCode.Refused);
        await KeepsToTheContractsAsync();
    }

    [Theory]
    [InlineData("pk_" + "test_")]
    [InlineData("rk_" + "live_")]
    [InlineData("sk_" + "live_")]
    public async Task A_key_of_another_sort_or_mode_is_refused_before_it_is_sent_anywhere(string beginning)
    {
        await Sandbox.ResetAsync();
        await using RehearsedRotation rotation = new(Sandbox, change: one => one with { Kind = one.Kind == CredentialKind.GenericManual ? CredentialKind.StripeApiKey : one.Kind });
        await Sandbox.Host.ClearRequestsAsync();
        using Secret value = Secret.FromChars(beginning + Guid.NewGuid().ToString("N"));
        RotationRecord record = await rotation.Engine.StartAsync(rotation.Credential("openai-key"), null, false, value, default);
        Assert.Equal(HoldCode.Refused, record.Hold!.Code);
        Assert.DoesNotContain(await Sandbox.Host.RequestsAsync(), one => one.Provider == "stripe" || one.IsWrite);
    }

    [Fact]
    public async Task An_IAM_user_with_two_keys_has_no_room()
    {
        await Sandbox.ResetAsync();
        await using RehearsedRotation rotation = new(Sandbox);
        CredentialConfig credential = rotation.Credential("aws-key");
        RotationRecord draining = await rotation.Engine.StartAsync(credential, null, false, null, default);
        await rotation.Engine.StopAsync(credential, default);
        RotationPlan plan = await rotation.Engine.PlanAsync(credential with { CurrentId = draining.NewId }, false, default);
        Assert.Equal(BlockerCode.Capacity, Assert.Single(plan.Blockers).Code);
    }

    [Fact]
    public async Task Another_account_than_the_pinned_one_is_refused()
    {
        await Sandbox.ResetAsync();
        await using RehearsedRotation rotation = new(Sandbox);
        AgentFlow.Rotation.Kinds.StripeWebhookSecretKind foreign = new(
            new Stripe.StripeEndpoints(new Adapters.Http.HttpClients(TimeProvider.System), Stripe.StripeEndpoint.For(rotation.Config, () => Secret.FromChars(File.ReadAllText(rotation.Config.Stripe.Key!["file:".Length..]).Trim()))),
            "acct_other", TimeProvider.System);
        KindSnapshot snapshot = await foreign.InspectAsync(rotation.Credential("stripe-webhook"), null, default);
        Assert.Contains(snapshot.Blockers, blocker => blocker.Code == BlockerCode.IdentityMismatch && blocker.Reason.Contains("acct_other", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lost", "stripe", "POST", "/v1/webhook_endpoints", "stripe-webhook")]
    [InlineData("lost", "supabase", "POST", "/api-keys", "supabase-secret")]
    [InlineData("lost", "iam", "POST", "/", "aws-key")]
    [InlineData("lost", "vercel", "POST", "/env", "session-secret")]
    [InlineData("lost", "vercel", "POST", "/v13/deployments", "session-secret")]
    [InlineData("lost", "vercel", "POST", "/promote/", "session-secret")]
    [InlineData("twice", "supabase", "POST", "/api-keys", "supabase-secret")]
    [InlineData("twice", "vercel", "POST", "/v13/deployments", "session-secret")]
    public async Task A_write_whose_answer_never_came_is_looked_for_and_not_done_again(string fault, string provider, string method, string path, string name)
    {
        CampaignKind kind = CampaignKind.All.Single(one => one.Credential == name);
        await Sandbox.ResetAsync();
        await using RehearsedRotation rotation = new(Sandbox);
        int before = kind.Mine(await Sandbox.TruthAsync()).Count();
        await Sandbox.Host.ClearRequestsAsync();
        await Sandbox.Host.AddFaultAsync(new(fault) { Provider = provider, Method = method, PathContains = path, Times = 1 });
        RotationRecord record = await rotation.Engine.StartAsync(rotation.Credential(name), null, false, null, default);
        Assert.True(record.State == RotationState.Draining, $"{record.State} {record.Hold}");
        Assert.Contains(await Sandbox.Host.RequestsAsync(), one => one.Faults.Count > 0);
        JsonNode truth = await Sandbox.TruthAsync();
        Assert.True(await kind.WorksAsync(await rotation.ServedAsync(kind.Variable), truth));
        Assert.Equal(before + (kind.Owner is null ? 0 : 1), kind.Mine(truth).Count());
    }

    private async Task<RotationRecord> CompleteAsync(string name)
    {
        RotationRecord record = null!;
        for (int turn = 1; turn <= 3 && record is not { State: RotationState.Closed }; turn++)
        {
            await using RehearsedRotation later = new(Sandbox, turn * s_later);
            record = await later.Engine.CompleteAsync(later.Credential(name), default);
        }

        return record;
    }

    private async Task KeepsToTheContractsAsync()
    {
        if (SharedFolder.Path is null)
        {
            return;
        }

        Dictionary<string, ContractValidator> rest = new() { ["vercel"] = new(OpenApiContract.Vercel()), ["github"] = new(OpenApiContract.GitHub()), ["stripe"] = new(OpenApiContract.Stripe()), ["supabase"] = new(OpenApiContract.Supabase()) };
        Dictionary<string, AwsContract> aws = new() { ["iam"] = AwsContract.Load("iam"), ["sts"] = AwsContract.Load("sts"), ["ses"] = AwsContract.Load("sesv2") };
        List<ContractViolation> violations = [];
        foreach (RecordedExchange exchange in await Sandbox.Host.RequestsAsync())
        {
            // What the rehearsed Vercel and GitHub answer is held against their contracts elsewhere; here it is what the product asks.
            violations.AddRange(exchange.Provider is "vercel" or "github"
                ? await rest[exchange.Provider].ValidateRequestAsync(exchange.Method, exchange.Path, exchange.Query, exchange.RequestContentType, exchange.RequestBody)
                : rest.TryGetValue(exchange.Provider, out ContractValidator? one) ? await one.ValidateAsync(exchange)
                : aws.TryGetValue(exchange.Provider, out AwsContract? model) ? model.Validate(exchange)
                : []);
        }

        string[] distinct = [.. violations.Select(violation => violation.ToString()).Distinct()];
        Assert.True(distinct.Length == 0, string.Join(Environment.NewLine, distinct));
    }
}
