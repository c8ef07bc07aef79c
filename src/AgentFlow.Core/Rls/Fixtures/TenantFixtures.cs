using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Guard;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Fixtures;

/// <summary>Makes and removes fixtures in a database that its marker, by the expected name, says is not production.</summary>
public sealed class TenantFixtures(IRlsDatabase database, IFixtureStore store, RlsOptions options, TimeProvider time)
{
    /// <summary>What would be made; reads only.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard, AfRlsFixtureExists, AfRlsTenancyUnknown.</exception>
    public async Task<TenantFixture> PlanAsync(string name, CancellationToken cancellationToken)
    {
        RlsWorld world = await GuardedAsync($"Making the tenant fixture '{name}'", cancellationToken).ConfigureAwait(false);
        await using IFixtureTransaction transaction = await store.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (await transaction.FindAsync(name, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Exists(name);
        }

        return new()
        {
            Name = name, State = FixtureState.Planned, Database = database.Address, Environment = world.Facts.Markers?[0].Name,
            Tables = [.. Planned(world.Scene).OrderBy(table => table.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>Makes it, whole or not at all.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard, AfRlsFixtureExists, AfRlsFixtureFailed, AfRlsTenancyUnknown.</exception>
    public async Task<TenantFixture> CreateAsync(string name, CancellationToken cancellationToken)
    {
        RlsWorld world = await GuardedAsync($"Making the tenant fixture '{name}'", cancellationToken).ConfigureAwait(false);
        await using IFixtureTransaction transaction = await store.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (await transaction.FindAsync(name, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Exists(name);
        }

        FixtureBuilder builder = new(world.Scene.Graph, world.Scene.Model, transaction, name, time.GetUtcNow());
        (IReadOnlyList<FixtureTenant> tenants, IReadOnlyList<FixtureUser> users) = await builder.BuildAsync(cancellationToken).ConfigureAwait(false);
        TenantFixture fixture = new() { Name = name, State = FixtureState.Present, Database = database.Address, Environment = world.Facts.Markers?[0].Name, Tenants = tenants, Users = users };
        IReadOnlyList<FixtureTable> made = await transaction.RegisterAsync(fixture, world.Scene.Graph, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return fixture with { Tables = [.. made.Concat(builder.Skipped.Select(pair => new FixtureTable(pair.Key, 0, pair.Value))).OrderBy(table => table.Name, StringComparer.Ordinal)] };
    }

    /// <summary>The registered fixture without removing it; Absent when there is none.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard.</exception>
    public async Task<TenantFixture> FindAsync(string name, CancellationToken cancellationToken)
    {
        RlsWorld world = await GuardedAsync($"Removing the tenant fixture '{name}'", cancellationToken).ConfigureAwait(false);
        await using IFixtureTransaction transaction = await store.BeginAsync(cancellationToken).ConfigureAwait(false);
        return Whole(await transaction.FindAsync(name, cancellationToken).ConfigureAwait(false), name, world);
    }

    /// <summary>Removes its rows and no others, whole or not at all; Absent when it is not there.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard; AfRlsFixtureInUse: rows that others made hang on it.</exception>
    public async Task<TenantFixture> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        RlsWorld world = await GuardedAsync($"Removing the tenant fixture '{name}'", cancellationToken).ConfigureAwait(false);
        await using IFixtureTransaction transaction = await store.BeginAsync(cancellationToken).ConfigureAwait(false);
        TenantFixture found = Whole(await transaction.FindAsync(name, cancellationToken).ConfigureAwait(false), name, world);
        if (found.State == FixtureState.Absent)
        {
            return found;
        }

        IReadOnlyList<FixtureTable> others = await transaction.DependentsAsync(
            name, world.Scene.Graph, [.. world.Scene.Model.Relations.Where(relation => relation is { Path: TenantPath.Column, Relation.IsTable: true }).Select(relation => (relation.Relation, relation.Column!))], cancellationToken).ConfigureAwait(false);
        if (others.Count > 0)
        {
            throw new AfFaultException(
                FaultKind.Conflict, FaultId.RlsFixtureInUse, $"Rows that are not the fixture's hang on it: {string.Join(", ", others.Select(table => $"{table.Rows} in {table.Name}"))}. Nothing was removed.",
                "Delete those rows first: whoever used the fixture's tenants made them.", name);
        }

        IReadOnlyList<FixtureTable> removed = await transaction.DeleteAsync(name, world.Scene.Graph, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return found with { State = FixtureState.Removed, Tables = removed };
    }

    // What triggers add is known only when it is done.
    private IEnumerable<FixtureTable> Planned(RlsScene scene)
    {
        MembershipShape shape = scene.Model.Membership!;
        int kinds = FixtureMember.Kinds(shape, scene.Graph, time.GetUtcNow()).Count;
        yield return new(shape.Table.FullName, (2 * kinds) + 2);
        if (scene.Model.Root is { } root)
        {
            yield return new(root.FullName, 2);
        }

        foreach (TenantRelation relation in scene.Model.Relations.Where(relation => FixtureBuilder.IsFilled(scene.Graph, relation)))
        {
            yield return new(relation.FullName, 2);
        }
    }

    private TenantFixture Whole(TenantFixture? found, string name, RlsWorld world) =>
        (found ?? new() { Name = name, State = FixtureState.Absent, Database = database.Address }) with { Database = database.Address, Environment = world.Facts.Markers?[0].Name };

    private async Task<RlsWorld> GuardedAsync(string action, CancellationToken cancellationToken)
    {
        await using IRlsSession session = await database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsWorld world = await RlsWorld.ReadAsync(session, options, cancellationToken).ConfigureAwait(false);
        RlsGuard.Require(database, world.Facts, options.Guard, action);
        return world.Scene.Model.Membership is not null ? world : throw new AfFaultException(
            FaultKind.InvalidState, FaultId.RlsTenancyUnknown, "No table of the database looks like one that says which user belongs to which tenant.", "Name it in agentflow.json: rls.membershipTable, rls.tenantColumn and rls.userColumn.");
    }

    private static AfFaultException Exists(string name) => new(
        FaultKind.Conflict, FaultId.RlsFixtureExists, $"The database has a fixture '{name}' already.", $"Use it, remove it with Remove-AfTenantFixture -Name {name}, or give another -Name.", name);
}
