using System.Text.Json.Nodes;
using AgentFlow.Faults;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Fixtures;

/// <summary>
/// Makes the rows of one fixture: two tenants, their users and memberships, and a row per tenant and tenant table, each after the rows that it points to.
/// Columns are filled from keys, the tenancy and the candidates of their types; a refusal by a check is answered with the next candidate.
/// </summary>
internal sealed class FixtureBuilder(RlsGraph graph, TenantModel model, IFixtureTransaction transaction, string name, DateTimeOffset now)
{
    private const int MostTries = 120;

    private readonly FixtureValues _values = new(graph, name, now);
    private readonly Dictionary<(long Relation, string Owner), JsonObject> _rows = [];
    private readonly HashSet<(long Relation, string Owner)> _open = [];
    private readonly Dictionary<string, string> _skipped = new(StringComparer.Ordinal);
    private readonly List<FixtureUser> _users = [];
    private readonly MembershipShape _shape = model.Membership!;

    /// <summary>Tables without a row, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Skipped => _skipped;

    /// <summary>The tenants and users; the rows are in the transaction.</summary>
    /// <exception cref="AfFaultException">AfRlsFixtureFailed: tenants, users or memberships cannot be made.</exception>
    public async Task<(IReadOnlyList<FixtureTenant> Tenants, IReadOnlyList<FixtureUser> Users)> BuildAsync(CancellationToken cancellationToken)
    {
        List<FixtureTenant> tenants = [];
        IReadOnlyList<FixtureMember> kinds = FixtureMember.Kinds(_shape, graph, now);
        foreach (string label in new[] { "a", "b" })
        {
            tenants.Add(new(label, await TenantAsync(label, cancellationToken).ConfigureAwait(false)));
            foreach (FixtureMember kind in kinds)
            {
                await MemberAsync($"{label} {kind.Label}", $"{label} {kind.Label}", label, kind, cancellationToken).ConfigureAwait(false);
            }

            await MemberAsync("both", $"both in {label}", label, kinds.Last(kind => kind.Active), cancellationToken).ConfigureAwait(false);
        }

        string outsider = await UserAsync("outsider", cancellationToken).ConfigureAwait(false);
        _users.Add(new("outsider", outsider, null, null, false));
        foreach (TenantRelation relation in model.Relations.Where(IsFilled).OrderBy(relation => relation.FullName, StringComparer.Ordinal))
        {
            foreach (FixtureTenant tenant in tenants)
            {
                await RowAsync(relation.Relation, tenant.Label, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (TenantRelation relation in model.Relations.Where(relation => relation.Path == TenantPath.Folder))
        {
            _skipped[relation.FullName] = "its rows stand for files, which only the platform makes; upload one as a user of the fixture";
        }

        return (tenants, _users);
    }

    /// <summary>Tenant tables that get rows: the application's own, parents instead of their partitions.</summary>
    public static bool IsFilled(RlsGraph graph, TenantRelation relation) => relation.Relation.IsTable && !relation.IsRoot && !relation.IsMembership && !RlsGraph.IsManaged(relation.Relation.Schema)
        && !(relation.Relation.Parent is { } parent && graph.Relation(parent)?.Kind == "p");

    private bool IsFilled(TenantRelation relation) => IsFilled(graph, relation);

    private async Task<string> TenantAsync(string label, CancellationToken cancellationToken)
    {
        if (model.Root is not { } root)
        {
            return model.TenantType is "uuid" or "text" or "character varying" ? FixtureValues.Id(name, "tenant " + label)
                : throw Failed(_shape.Table, $"the database has no table of tenants and an id of type {model.TenantType} cannot be made up");
        }

        JsonObject given = Given(root, model.RootKey!, "tenant " + label);
        await InsertAsync(root, label, label, given, cancellationToken).ConfigureAwait(false);
        return _rows.TryGetValue((root.Oid, label), out JsonObject? row) ? Text(row[model.RootKey!]) : throw Failed(root, _skipped[root.FullName]);
    }

    private async Task<string> UserAsync(string label, CancellationToken cancellationToken)
    {
        RlsRelation? users = UserTable();
        if (users is null)
        {
            return model.UserType is "uuid" or "text" or "character varying" ? FixtureValues.Id(name, "user " + label) : throw Failed(_shape.Table, $"the database has no table of users and an id of type {model.UserType} cannot be made up");
        }

        string key = UserKey(users);
        if (!_rows.ContainsKey((users.Oid, label)))
        {
            JsonObject given = Given(users, key, "user " + label);
            if (users.Column("email") is { Category: "S" } email)
            {
                given[email.Name] = _values.Email(label);
            }

            await InsertAsync(users, label, label, given, cancellationToken).ConfigureAwait(false);
        }

        return _rows.TryGetValue((users.Oid, label), out JsonObject? row) ? Text(row[key]) : throw Failed(users, _skipped[users.FullName]);
    }

    private async Task MemberAsync(string userLabel, string label, string tenant, FixtureMember kind, CancellationToken cancellationToken)
    {
        string user = await UserAsync(userLabel, cancellationToken).ConfigureAwait(false);
        JsonObject given = new() { [_shape.UserColumn] = user, [_shape.TenantColumn] = Tenant(tenant) };
        foreach ((string column, JsonNode? value) in kind.Values)
        {
            given[column] = value?.DeepClone();
        }

        await InsertAsync(_shape.Table, label, tenant, given, cancellationToken).ConfigureAwait(false);
        if (!_rows.TryGetValue((_shape.Table.Oid, label), out JsonObject? row))
        {
            throw Failed(_shape.Table, _skipped[_shape.Table.FullName]);
        }

        // Rows that point to a membership take the first one, an active member of the highest role.
        _rows.TryAdd((_shape.Table.Oid, tenant), row);
        _users.Add(new(label, user, tenant, kind.Role, kind.Active));
    }

    private async Task RowAsync(RlsRelation table, string tenant, CancellationToken cancellationToken)
    {
        if (_rows.ContainsKey((table.Oid, tenant)) || _skipped.ContainsKey(table.FullName))
        {
            return;
        }

        if (!_open.Add((table.Oid, tenant)))
        {
            _skipped[table.FullName] = "its foreign keys go round in a circle";
            return;
        }

        TenantRelation? relation = model.Find(table.Oid);
        JsonObject given = relation is { Path: TenantPath.Column, Column: { } column } ? new() { [column.Name] = Tenant(tenant) } : [];
        await InsertAsync(table, tenant, tenant, given, cancellationToken).ConfigureAwait(false);
        _open.Remove((table.Oid, tenant));
    }

    // Fills what is not given, then repairs what the database refuses.
    private async Task InsertAsync(RlsRelation table, string owner, string tenant, JsonObject given, CancellationToken cancellationToken)
    {
        if (graph.PrimaryKey(table) is null)
        {
            _skipped[table.FullName] = "it has no primary key, so its rows could not be removed exactly";
            return;
        }

        if (await KeysAsync(table, owner, tenant, given, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            _skipped[table.FullName] = missing;
            return;
        }

        FixtureRepair repair = new(table, graph, _values, given, $"{table.Name} {owner}");
        for (int tries = 0; tries < MostTries && repair.Impossible is null; tries++)
        {
            FixtureInsert answer = await transaction.InsertAsync(table, repair.Values(), cancellationToken).ConfigureAwait(false);
            if (answer.Row is { } row)
            {
                _rows[(table.Oid, owner)] = row;
                return;
            }

            repair.Answer(answer);
        }

        _skipped[table.FullName] = repair.Impossible ?? $"no values were found that its checks accept ({repair.Last})";
    }

    /// <summary>Sets the columns of foreign keys; gives the reason when a row to point to cannot be had.</summary>
    private async Task<string?> KeysAsync(RlsRelation table, string owner, string tenant, JsonObject given, CancellationToken cancellationToken)
    {
        foreach (RlsConstraint key in graph.ForeignKeys(table).OrderByDescending(key => key.Columns.Count))
        {
            List<RlsColumn> columns = [.. key.Columns.Select(table.Column).OfType<RlsColumn>()];
            if (key.Target is not { } oid || graph.Relation(oid) is not { } target || columns.TrueForAll(column => given.ContainsKey(column.Name)))
            {
                continue;
            }

            bool needed = columns.TrueForAll(column => column is { NotNull: true, Default: null });
            JsonObject? row = await PointedAsync(table, target, owner, tenant, needed, cancellationToken).ConfigureAwait(false);
            if (row is null && needed)
            {
                return $"it needs a row in {target.FullName}, which {(_skipped.TryGetValue(target.FullName, out string? why) ? $"has none of the fixture: {why}" : "is empty")}";
            }

            foreach ((RlsColumn column, int number) in row is null ? [] : columns.Zip(key.TargetColumns))
            {
                given.TryAdd(column.Name, row![target.Column(number)!.Name]?.DeepClone());
            }
        }

        // A user column without a key to users still names a user: who made the row decides about it in many policies.
        foreach (RlsColumn column in model.Find(table.Oid)?.UserColumns ?? [])
        {
            given.TryAdd(column.Name, _users.FirstOrDefault(user => user.Tenant == tenant && user.Active)?.UserId);
        }

        return null;
    }

    private async Task<JsonObject?> PointedAsync(RlsRelation table, RlsRelation target, string owner, string tenant, bool needed, CancellationToken cancellationToken)
    {
        if (target.Oid == table.Oid)
        {
            return null;
        }

        if (target.Oid == UserTable()?.Oid || (target.Schema == "auth" && target.Name == "users"))
        {
            // A profile of a user belongs to that user; any other row to the tenant's first member.
            string? label = table.Oid == UserTable()?.Oid ? owner : _users.FirstOrDefault(user => user.Tenant == tenant && user.Active)?.Label;
            if (target.Oid != UserTable()?.Oid && label is not null && !_rows.ContainsKey((target.Oid, label)))
            {
                await InsertAsync(target, label, tenant, target.Column("id") is { Type: "uuid" } ? new() { ["id"] = FixtureValues.Id(name, "user " + label), ["email"] = _values.Email(label) } : [], cancellationToken).ConfigureAwait(false);
            }

            return label is null ? null : _rows.GetValueOrDefault((target.Oid, label));
        }

        if (model.Find(target.Oid) is null)
        {
            return await transaction.PickAsync(target, cancellationToken).ConfigureAwait(false);
        }

        if (needed && !_rows.ContainsKey((target.Oid, tenant)))
        {
            await RowAsync(target, tenant, cancellationToken).ConfigureAwait(false);
        }

        return _rows.GetValueOrDefault((target.Oid, tenant));
    }

    // An id of our own where its type allows, so that the same fixture has the same ids everywhere.
    private JsonObject Given(RlsRelation table, string key, string label) => MembershipDiscovery.BaseType(table.Column(key)!.Type) switch
    {
        "uuid" => new() { [key] = FixtureValues.Id(name, label) },
        "text" or "character varying" => new() { [key] = $"fixture-{name}-{label}".Replace(' ', '-') },
        _ => table.Column(key)! is { TakesSequence: false, Default: null } ? new() { [key] = 2_000_000_000 + (Math.Abs(BitConverter.ToInt32(Guid.Parse(FixtureValues.Id(name, label)).ToByteArray(), 0)) % 100_000_000) } : [],
    };

    private RlsRelation? UserTable() => graph.ForeignKeys(_shape.Table).FirstOrDefault(key => key.Columns.Count == 1 && key.Columns[0] == _shape.Table.Column(_shape.UserColumn)!.Number)?.Target is { } target
        ? graph.Relation(target)
        : graph.Relation("auth", "users") is { } users && users.Column("id") is { } id && MembershipDiscovery.BaseType(id.Type) == model.UserType ? users : null;

    private string UserKey(RlsRelation users) => graph.ForeignKeys(_shape.Table).FirstOrDefault(key => key.Target == users.Oid && key.Columns.Count == 1) is { } found ? users.Column(found.TargetColumns[0])!.Name : "id";

    private string Tenant(string label) => model.Root is { } root ? Text(_rows[(root.Oid, label)][model.RootKey!]) : FixtureValues.Id(name, "tenant " + label);

    private static string Text(JsonNode? value) => value is JsonValue one && one.TryGetValue(out string? text) ? text : value?.ToJsonString() ?? string.Empty;

    private static AfFaultException Failed(RlsRelation table, string why) => new(
        FaultKind.InvalidState, FaultId.RlsFixtureFailed, $"The fixture cannot be made: {table.FullName}: {why}.", "Give the table a default for what is missing, or make the two tenants with your own seed.", table.FullName);
}
