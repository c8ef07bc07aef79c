using System.Text.Json.Nodes;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Makes the write probes of one principal: poisoned inserts and updates, and deletes of one row through a cursor that no SELECT policy filters.</summary>
public sealed class WriteProbes(RlsScene scene, TemplateRows templates)
{
    private readonly TenantModel _model = scene.Model;

    /// <summary>All probes on one table, with what each tries.</summary>
    public IEnumerable<(WriteObservation Observation, RlsProbe Probe)> Make(WriteShape shape, RlsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(principal);
        List<(string Tenant, bool Inactive)> foreign = [.. principal.InactiveTenants.Take(1).Select(tenant => (tenant, true))];
        if (principal.Victim is { } victim && !principal.InactiveTenants.Contains(victim))
        {
            foreign.Add((victim, false));
        }

        string? own = principal.ActiveTenants.Count > 0 ? principal.ActiveTenants[0] : null;
        foreach ((string tenant, bool inactive) in foreign)
        {
            foreach ((WriteKind kind, string row, RlsProbe probe) in Foreign(shape, principal, tenant, own))
            {
                yield return (new() { Relation = shape.Relation, Principal = principal, Kind = kind, Tenant = tenant, IsInactive = inactive, Row = row }, probe);
            }
        }

        if (own is not null)
        {
            foreach ((WriteKind kind, string row, RlsProbe probe) in Own(shape, principal, own, foreign.Count > 0 ? foreign[^1].Tenant : null))
            {
                yield return (new() { Relation = shape.Relation, Principal = principal, Kind = kind, Tenant = own, Row = row }, probe);
            }
        }

        if (shape.Relation.IsMembership && principal.UserId is { } user && _model.Membership is { } membership)
        {
            foreach ((WriteKind kind, string tenant, string row, RlsProbe probe) in Promotions(shape, principal, membership, user))
            {
                yield return (new() { Relation = shape.Relation, Principal = principal, Kind = kind, Tenant = tenant, IsInactive = principal.InactiveTenants.Contains(tenant), Row = row }, probe);
            }
        }
    }

    private IEnumerable<(WriteKind Kind, string Row, RlsProbe Probe)> Foreign(WriteShape shape, RlsPrincipal principal, string tenant, string? own)
    {
        string? row = Somebodys(shape.Relation, principal, tenant);
        if (shape.MayInsert && NewRow(shape, principal, tenant, row ?? templates.Any(shape.Relation)) is { } made)
        {
            yield return (WriteKind.InsertForeign, made, Insert(shape, made));
        }

        if (row is null || Cursor(shape.Relation, row) is not { } cursor)
        {
            yield break;
        }

        if (shape is { MayUpdate: true, UpdateAny: not null })
        {
            yield return (WriteKind.UpdateForeign, row, Update(shape, cursor, null));
            if (own is not null && shape is { MayMove: true, UpdatePoison: not null } && shape.Relation.Path == TenantPath.Column)
            {
                yield return (WriteKind.Steal, row, Update(shape, cursor, own));
            }
        }

        if (shape.MayDelete)
        {
            yield return (WriteKind.DeleteForeign, row, Delete(shape, cursor));
        }
    }

    private IEnumerable<(WriteKind Kind, string Row, RlsProbe Probe)> Own(WriteShape shape, RlsPrincipal principal, string own, string? victim)
    {
        string? row = templates.Of(shape.Relation, own);
        if (shape.MayInsert && NewRow(shape, principal, own, row ?? templates.Any(shape.Relation)) is { } made)
        {
            yield return (WriteKind.InsertOwn, made, Insert(shape, made));
        }

        if (row is null || Cursor(shape.Relation, row) is not { } cursor)
        {
            yield break;
        }

        if (shape is { MayUpdate: true, UpdateAny: not null })
        {
            yield return (WriteKind.UpdateOwn, row, Update(shape, cursor, null));
            if (victim is not null && shape is { MayMove: true, UpdatePoison: not null, Relation.IsRoot: false } && shape.Relation.Path == TenantPath.Column)
            {
                yield return (WriteKind.Move, row, Update(shape, cursor, victim));
            }
        }

        if (shape.MayDelete)
        {
            yield return (WriteKind.DeleteOwn, row, Delete(shape, cursor));
        }
    }

    private IEnumerable<(WriteKind Kind, string Tenant, string Row, RlsProbe Probe)> Promotions(WriteShape shape, RlsPrincipal principal, MembershipShape membership, string user)
    {
        string? highest = membership is { RoleColumn: not null, Roles: [{ } top, _, ..] } ? top : null;
        foreach (RlsMembership held in principal.Memberships)
        {
            if (templates.Membership(held.Tenant, user) is { } mine && Cursor(shape.Relation, mine) is { } cursor && shape is { MayUpdate: true, UpdatePoison: not null })
            {
                Dictionary<string, string?> set = held.Active ? [] : new(TenantSql.ActiveValues(membership));
                if (highest is not null && held.Role != highest && held.Active)
                {
                    set[membership.RoleColumn!] = highest;
                }

                if (Assign(shape, set) is { } assignments)
                {
                    yield return (WriteKind.PromoteSelf, held.Tenant, mine, RlsProbe.Statement($"update {Name(shape.Relation.Relation)} set {assignments}, {Name(shape.UpdatePoison.Name)} = null where current of af_row", cursor));
                }
            }

            if (!held.Active || highest is null || held.Role == highest)
            {
                continue;
            }

            if (shape is { MayUpdate: true, UpdatePoison: not null } && templates.MembershipOfAnother(held.Tenant, user) is { } theirs && Cursor(shape.Relation, theirs) is { } other
                && Assign(shape, new Dictionary<string, string?> { [membership.RoleColumn!] = highest }) is { } promotion)
            {
                yield return (WriteKind.PromoteOther, held.Tenant, theirs, RlsProbe.Statement($"update {Name(shape.Relation.Relation)} set {promotion}, {Name(shape.UpdatePoison.Name)} = null where current of af_row", other));
            }

            if (shape.MayInsert && templates.MembershipOfAnother(held.Tenant, user) is { } model && JsonNode.Parse(model) is JsonObject made)
            {
                made[membership.RoleColumn!] = JsonValue.Create(highest);
                made[shape.InsertPoison!.Name] = null;
                yield return (WriteKind.InsertHigher, held.Tenant, made.ToJsonString(), Insert(shape, made.ToJsonString()));
            }
        }
    }

    // The tenant's own row as the model, so that conditions on other columns hold; who wrote it is the principal.
    private string? NewRow(WriteShape shape, RlsPrincipal principal, string tenant, string? model)
    {
        TenantRelation relation = shape.Relation;
        JsonObject row = model is not null && JsonNode.Parse(model) is JsonObject parsed ? parsed : [];
        switch (relation.Path)
        {
            case TenantPath.Column:
                row[relation.Column!.Name] = Text(tenant);
                break;
            case TenantPath.Folder:
                row[relation.Column!.Name] = Text($"{tenant}/{((string?)row[relation.Column.Name])?.Split('/')[^1] ?? "probe"}");
                break;
            default:
                if (templates.Of(relation, tenant) is null)
                {
                    return null;
                }

                break;
        }

        foreach (RlsColumn user in principal.UserId is null ? [] : relation.UserColumns)
        {
            row[user.Name] = Text(principal.UserId);
        }

        if (relation.IsMembership && _model.Membership is { } membership)
        {
            if (membership is { RoleColumn: { } role, Roles: [{ } top, ..] })
            {
                row[role] = JsonValue.Create(top);
            }

            foreach ((string column, string? value) in TenantSql.ActiveValues(membership))
            {
                row[column] = value is null ? null : Text(value);
            }
        }

        row[shape.InsertPoison!.Name] = null;
        return row.ToJsonString();
    }

    // Leaving a tenant is no breach, so the membership to touch is not the principal's own.
    private string? Somebodys(TenantRelation relation, RlsPrincipal principal, string tenant) =>
        relation.IsMembership && principal.UserId is { } user && templates.Membership(tenant, user) is not null ? templates.MembershipOfAnother(tenant, user) : templates.Of(relation, tenant);

    private static RlsProbe Insert(WriteShape shape, string row)
    {
        string columns = string.Join(", ", shape.InsertColumns.Select(column => Name(column.Name)));
        return RlsProbe.Statement($"insert into {Name(shape.Relation.Relation)} ({columns}) select {columns} from pg_catalog.jsonb_populate_record(null::{Name(shape.Relation.Relation)}, {Literal(row)}::pg_catalog.jsonb)");
    }

    private static RlsProbe Update(WriteShape shape, string[] cursor, string? moveTo)
    {
        string poison = shape.UpdatePoison is { } column
            ? $"{Name(column.Name)} = null"
            : $"{Name(shape.UpdateAny!.Name)} = {WriteShape.Failure}::text::{shape.UpdateAny.Type}";
        string move = moveTo is null ? string.Empty : $"{Name(shape.Relation.Column!.Name)} = {Literal(moveTo, TenantSql.Type(shape.Relation))}, ";
        return RlsProbe.Statement($"update {Name(shape.Relation.Relation)} set {move}{poison} where current of af_row", cursor);
    }

    private static RlsProbe Delete(WriteShape shape, string[] cursor) =>
        RlsProbe.Statement($"delete from {Name(shape.Relation.Relation)} where current of af_row returning {WriteShape.Failure}", cursor);

    private static string? Assign(WriteShape shape, Dictionary<string, string?> values)
    {
        List<string> parts = [];
        foreach ((string name, string? value) in values)
        {
            if (shape.Relation.Relation.Column(name) is not { } column || !column.Update.Contains(shape.Role) || column.Number == shape.UpdatePoison?.Number)
            {
                return null;
            }

            parts.Add($"{Name(name)} = {Literal(value, column.Type)}");
        }

        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static string[]? Cursor(TenantRelation relation, string row)
    {
        if (JsonNode.Parse(row) is not JsonObject values || TenantSql.ByKey(relation, Columns(values)) is not { } condition)
        {
            return null;
        }

        return [$"declare af_row no scroll cursor for select 1 from {Name(relation.Relation)} x where {condition}", "fetch 1 from af_row"];
    }

    /// <summary>A row's values as text.</summary>
    internal static Dictionary<string, string?> Columns(JsonObject row) => row.ToDictionary(
        pair => pair.Key,
        pair => pair.Value is null ? null : pair.Value.GetValueKind() == System.Text.Json.JsonValueKind.String ? pair.Value.GetValue<string>() : pair.Value.ToJsonString());

    private static JsonValue Text(string? value) => JsonValue.Create(value ?? string.Empty);
}
