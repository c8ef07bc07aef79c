using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Listing;

/// <summary>Lists the access lists of a catalog.</summary>
public sealed class GrantList(RlsGraph graph)
{
    private const string Everybody = "PUBLIC";

    /// <summary>All entries except an owner's own, in a stable order.</summary>
    public IEnumerable<GrantInfo> All() => Schemas().Concat(Relations()).Concat(Sequences()).Concat(Routines()).Concat(Defaults())
        .OrderBy(grant => grant.Kind).ThenBy(grant => grant.Name, StringComparer.Ordinal).ThenBy(grant => grant.Column, StringComparer.Ordinal)
        .ThenBy(grant => grant.Grantee, StringComparer.Ordinal).ThenBy(grant => grant.Privilege, StringComparer.Ordinal);

    private IEnumerable<GrantInfo> Schemas() => graph.Catalog.Schemas.SelectMany(schema => schema.Grants.Select(grant => Make(GrantKind.Schema, schema.Name, null, grant)));

    private IEnumerable<GrantInfo> Relations() => graph.Catalog.Relations.SelectMany(relation => relation.Grants.Select(grant => Make(relation.IsTable ? GrantKind.Table : GrantKind.View, relation.FullName, null, grant))
        .Concat(relation.Columns.SelectMany(column => column.Grants.Select(grant => Make(GrantKind.Column, relation.FullName, column.Name, grant)))));

    // The catalog knows of sequences what API roles hold, not how it was written.
    private IEnumerable<GrantInfo> Sequences() => graph.Catalog.Sequences.SelectMany(sequence =>
        sequence.UsableBy.Select(role => new GrantInfo { Kind = GrantKind.Sequence, Name = sequence.FullName, Grantee = role, Privilege = "USAGE", ReachedBy = [role] })
        .Concat(sequence.SettableBy.Select(role => new GrantInfo { Kind = GrantKind.Sequence, Name = sequence.FullName, Grantee = role, Privilege = "UPDATE", ReachedBy = [role] })));

    private IEnumerable<GrantInfo> Routines() => graph.Catalog.Routines.Where(routine => !routine.FromExtension).SelectMany(routine =>
    {
        // A function without an access list has one all the same: everybody may call it.
        IEnumerable<RlsGrantEntry> entries = routine.PublicMayCall && !routine.Grants.Any(grant => grant.Grantee == Everybody) ? routine.Grants.Prepend(new(Everybody, "EXECUTE", false)) : routine.Grants;
        return entries.Select(grant => Make(GrantKind.Function, routine.Signature, null, grant));
    });

    private IEnumerable<GrantInfo> Defaults() => graph.Catalog.Defaults.Select(entry =>
    {
        string thing = entry.ObjectType switch { "r" => "tables", "S" => "sequences", "f" => "functions", "T" => "types", _ => "schemas" };
        return Make(GrantKind.Default, $"{thing} that {entry.Owner} makes{(entry.Schema is { } schema ? $" in {schema}" : string.Empty)}", null, new(entry.Grantee, entry.Privilege, false));
    });

    private GrantInfo Make(GrantKind kind, string name, string? column, RlsGrantEntry grant) => new()
    {
        Kind = kind, Name = name, Column = column, Grantee = grant.Grantee, Privilege = grant.Privilege, Grantable = grant.Grantable, ReachedBy = [.. graph.Catalog.ApiRoles.Where(role => Reaches(role, grant.Grantee))],
    };

    private bool Reaches(string role, string grantee) => grantee == Everybody || role == grantee || (graph.Role(role) is { Inherits: true } known && known.MemberOf.Contains(grantee));
}
