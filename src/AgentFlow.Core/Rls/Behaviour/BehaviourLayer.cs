using AgentFlow.Checks;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Data;
using AgentFlow.Rls.Guard;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Acts as tenants: reads in the READ ONLY transaction, on a second connection too, and tries writes in a transaction of their own. Everything is rolled back.</summary>
public sealed class BehaviourLayer(IRlsDatabase database, RlsWorld world, IReadOnlyList<TruthTable> truths, RlsOptions options)
{
    private const int MostPrincipals = 64;
    private const int SmallTable = 2000;

    private readonly RlsScene _scene = world.Scene;

    /// <summary>The checks of this layer.</summary>
    public static IReadOnlyList<CheckDefinition> Checks { get; } =
    [
        RlsChecks.Principals, RlsChecks.Helper, RlsChecks.Read, RlsChecks.OwnRead, RlsChecks.Insert, RlsChecks.Update, RlsChecks.Delete, RlsChecks.OwnWrite, RlsChecks.SelfService, RlsChecks.Routine, RlsChecks.Untagged, RlsChecks.PerRowHelper,
    ];

    /// <summary>Why this layer cannot run here, or null.</summary>
    public string? Blocked(RlsGuardVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        List<string> missing = [.. _scene.ApiRoles.Where(role => !world.Facts.Assumable.Contains(role))];
        return !verdict.Allowed ? $"Nothing acted as a tenant: {verdict.Reason}."
            : !world.Facts.BypassesRls ? $"The login {world.Facts.User} is itself limited by policies, so it cannot tell what tenants should see; connect as a role with BYPASSRLS."
            : _scene.ApiRoles.Count == 0 ? "No role is known that requests run as; declare rls.apiRoles in agentflow.json."
            : missing.Count > 0 ? $"The login {world.Facts.User} may not become {string.Join(", ", missing)}; grant it these roles."
            : _scene.Model.Relations.Count == 0 ? "No table carries a tenant that could be recognised."
            : null;
    }

    /// <summary>Acts and records.</summary>
    /// <param name="reading">The READ ONLY session.</param>
    /// <param name="cancellationToken">Gives up; the transactions roll back.</param>
    public async Task<BehaviourObservations> ObserveAsync(IRlsSession reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        TenantModel model = _scene.Model;
        (IReadOnlyList<RlsMember> members, RlsMember? outsider) = await new MemberReader(_scene).ReadAsync(reading, cancellationToken).ConfigureAwait(false);
        List<string> tenants = Tenants(members);
        HashSet<string> known = [.. truths.SelectMany(truth => truth.Rows.Keys), .. tenants];
        List<RlsPrincipal> principals = [.. new PrincipalFactory(model, ClientInputs.Collect(_scene.Graph, model.TenantNames), tenants, _scene.ApiRoles).Make([.. members.Take(MostPrincipals)], outsider)];
        ReadPlan plan = await ReadPlan.MakeAsync(reading, _scene, options, principals, cancellationToken).ConfigureAwait(false);
        HelperProbes helperProbes = new(_scene, known);
        List<HelperObservation> helpers = [];
        foreach (RlsPrincipal principal in principals.Where(principal => principal.Role != "anon" && helperProbes.Helpers.Count > 0))
        {
            helpers.AddRange(await helperProbes.AskAsync(reading, principal, cancellationToken).ConfigureAwait(false));
        }

        Dictionary<long, IReadOnlyList<WitnessRow>> witnesses = await WitnessesAsync(reading, plan, tenants, [.. principals.Select(principal => principal.UserId).OfType<string>().Distinct()], cancellationToken).ConfigureAwait(false);
        List<ReadObservation> reads = await ReadsAsync(reading, new(_scene, plan, new(model, known), truths, witnesses), principals, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RoutineObservation> routines = await new RoutineProbes(_scene, known).CallAsync(reading, [.. principals.Where(principal => principal.ActiveTenants.Count == 0).Concat(principals.Where(principal => principal.ActiveTenants.Count > 0).Take(2))], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<UntaggedObservation> untagged = await UntaggedProbes.ReadAsync(reading, _scene, principals, cancellationToken).ConfigureAwait(false);

        await using IRlsSession writing = await database.BeginAsync(writes: true, cancellationToken).ConfigureAwait(false);
        (List<WriteObservation> writes, List<(RlsRelation Relation, string Reason)> untried) = await WritesAsync(writing, reading, principals, tenants, cancellationToken).ConfigureAwait(false);
        BehaviourObservations observed = new() { Principals = principals, Plan = plan, Witnesses = witnesses, Reads = reads, Helpers = helpers, Writes = writes, Routines = routines, Untagged = untagged, Untried = untried };
        return observed with { Causes = await new CauseCollector(_scene, observed).CollectAsync(reading, cancellationToken).ConfigureAwait(false) };
    }

    // Those with rows in the most tables first: a victim without rows proves nothing.
    private List<string> Tenants(IReadOnlyList<RlsMember> members)
    {
        Dictionary<string, int> weight = [];
        foreach (string tenant in truths.SelectMany(truth => truth.Rows.Keys.Take(50)).Concat(members.SelectMany(member => member.Memberships).Select(membership => membership.Tenant)))
        {
            weight[tenant] = weight.GetValueOrDefault(tenant) + 1;
        }

        return [.. weight.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).Take(40)];
    }

    private static async Task<Dictionary<long, IReadOnlyList<WitnessRow>>> WitnessesAsync(IRlsSession reading, ReadPlan plan, List<string> tenants, List<string> users, CancellationToken cancellationToken)
    {
        Dictionary<long, IReadOnlyList<WitnessRow>> witnesses = [];
        foreach (ReadStep step in plan.Steps)
        {
            if (step.Relation.Path == TenantPath.Parent)
            {
                witnesses[step.Relation.Relation.Oid] = step.Relation.Key.Count == 0 ? [] : step.Rows <= SmallTable
                    ? await WitnessReader.AllAsync(reading, step.Relation, SmallTable, cancellationToken).ConfigureAwait(false)
                    : await WitnessReader.ReadAsync(reading, step, tenants, users, cancellationToken).ConfigureAwait(false);
            }
            else if (step.Mode == ReadMode.Witness)
            {
                witnesses[step.Relation.Relation.Oid] = await WitnessReader.ReadAsync(reading, step, [.. tenants.Take(12)], users, cancellationToken).ConfigureAwait(false);
            }
        }

        return witnesses;
    }

    private async Task<List<ReadObservation>> ReadsAsync(IRlsSession reading, ReadRunner runner, List<RlsPrincipal> principals, CancellationToken cancellationToken)
    {
        if (options.Connections < 2 || principals.Count < 2)
        {
            return await runner.RunAsync(reading, principals, cancellationToken).ConfigureAwait(false);
        }

        await using IRlsSession second = await database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        List<RlsPrincipal> first = [.. principals.Where((_, i) => i % 2 == 0)];
        List<RlsPrincipal> rest = [.. principals.Where((_, i) => i % 2 == 1)];
        List<ReadObservation>[] both = await Task.WhenAll(runner.RunAsync(reading, first, cancellationToken), runner.RunAsync(second, rest, cancellationToken)).ConfigureAwait(false);
        return [.. both[0], .. both[1]];
    }

    private async Task<(List<WriteObservation> Writes, List<(RlsRelation Relation, string Reason)> Untried)> WritesAsync(IRlsSession writing, IRlsSession reading, List<RlsPrincipal> principals, List<string> tenants, CancellationToken cancellationToken)
    {
        Dictionary<string, List<WriteShape>> shapes = principals.Select(principal => principal.Role).Distinct().ToDictionary(role => role, role => _scene.Model.Relations.Select(relation => WriteShape.Of(_scene, relation, role)).OfType<WriteShape>().ToList());
        List<TenantRelation> writable = [.. shapes.Values.SelectMany(list => list).Select(shape => shape.Relation).Distinct()];
        List<string> used = [.. principals.SelectMany(principal => principal.ActiveTenants.Take(1).Concat(principal.InactiveTenants.Take(1)).Concat(principal.Victim is { } victim ? [victim] : [])).Distinct().Where(tenants.Contains).Take(16)];
        TemplateRows templates = await TemplateRows.ReadAsync(reading, writable, used, principals, _scene.Model.Membership, cancellationToken).ConfigureAwait(false);
        WriteProbes probes = new(_scene, templates);
        List<WriteObservation> writes = [];
        foreach (RlsPrincipal principal in principals)
        {
            List<(WriteObservation Observation, RlsProbe Probe)> made = [.. shapes[principal.Role].SelectMany(shape => probes.Make(shape, principal))];
            IReadOnlyList<RlsAnswer> answers = await writing.RunAsync(principal.Forged, [.. made.Select(pair => pair.Probe)], cancellationToken).ConfigureAwait(false);
            writes.AddRange(made.Zip(answers, (pair, answer) => pair.Observation with { Answer = answer, Outcome = WriteReading.Of(answer) }));
        }

        return (writes, [.. shapes.Values.SelectMany(list => list).SelectMany(shape => shape.Untried.Select(reason => (shape.Relation.Relation, reason))).Distinct()]);
    }
}
