using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>A routine behind policies that says which tenants are the caller's, and how to ask it.</summary>
public sealed record HelperShape
{
    public required RlsRoutine Routine { get; init; }

    /// <summary>True when it is asked about one tenant and says yes or no.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>True when it gives at most one tenant, the current one.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>True when one of its arguments is a role or a list of roles.</summary>
    public bool TakesRole { get; init; }

    private IReadOnlyList<(char Kind, string Type)> Slots { get; init; } = [];

    /// <summary>The shape of a routine, or null when it cannot be asked about tenants.</summary>
    public static HelperShape? Of(RlsRoutine routine, RlsScene scene)
    {
        ArgumentNullException.ThrowIfNull(routine);
        ArgumentNullException.ThrowIfNull(scene);
        TenantModel model = scene.Model;
        int? given = HelperArguments.TenantSlot(scene, routine);
        if (routine.Kind != "f" || routine.IsTrigger)
        {
            return null;
        }

        string element = routine.ReturnColumns.Count == 1 && routine.ReturnsSet ? routine.ReturnColumns[0].Type : routine.Returns;
        bool array = element == model.TenantType + "[]";
        bool tenants = array || element == model.TenantType;
        bool question = element == "boolean" && !routine.ReturnsSet;
        List<(char Kind, string Type)> slots = [];
        foreach (RlsArgument argument in routine.Arguments)
        {
            char kind = given == slots.Count ? 't' : Kind(argument, routine, model, slots);
            if (kind == '?')
            {
                return null;
            }

            slots.Add((kind, argument.Type));
        }

        bool asksTenant = slots.Any(slot => slot.Kind == 't');
        return (tenants && !asksTenant) || (question && asksTenant)
            ? new() { Routine = routine, IsQuestion = question, IsCurrent = !routine.ReturnsSet && !array && !question, TakesRole = slots.Any(slot => slot.Kind is 'r' or 'R'), Slots = slots }
            : null;
    }

    /// <summary>A query whose rows v are the tenants that the routine grants the caller, of those asked about when it is a question.</summary>
    public string Query(IEnumerable<string> asked, IReadOnlyList<string> roles, string? user, string tenantType)
    {
        ArgumentNullException.ThrowIfNull(roles);
        List<string> arguments = [.. Slots.Select(slot => slot.Kind switch
        {
            't' => "t.v",
            'u' => Literal(user, slot.Type),
            'R' => Array(roles, slot.Type[..^2]),
            _ => Literal(roles.Count > 0 ? roles[^1] : null, slot.Type),
        })];
        string call = $"{Name(Routine.Schema)}.{Name(Routine.Name)}({string.Join(", ", arguments)})";
        return IsQuestion ? $"select t.v::text as v from pg_catalog.unnest({Array(asked, tenantType)}) as t(v) where {call}"
            : Routine.ReturnsSet ? $"select t.v::text as v from {call} as t(v)"
            : IsCurrent ? $"select t.v::text as v from (select {call}) as t(v) where t.v is not null"
            : $"select t.v::text as v from pg_catalog.unnest({call}) as t(v)";
    }

    private static char Kind(RlsArgument argument, RlsRoutine routine, TenantModel model, List<(char Kind, string Type)> before)
    {
        string name = argument.Name.TrimStart('_');
        name = name.StartsWith("p_", StringComparison.Ordinal) || name.StartsWith("v_", StringComparison.Ordinal) ? name[2..] : name;
        if (argument.Type.EndsWith("[]", StringComparison.Ordinal))
        {
            return name.Contains("role", StringComparison.Ordinal) || argument.Type == "text[]" || argument.Type.Contains("role", StringComparison.Ordinal) ? 'R' : '?';
        }

        bool tenantNamed = model.TenantNames.Contains(name) || model.TenantNames.Any(tenant => tenant.Split('_')[0] == name.Split('_')[0]) || name is "org" or "tenant" or "account" or "workspace" or "team" or "company" or "id" || name.Contains("org", StringComparison.Ordinal) || name.Contains("tenant", StringComparison.Ordinal);
        if (argument.Type == model.UserType && NameSense.IsUser(name) && !tenantNamed)
        {
            return 'u';
        }

        bool pointsElsewhere = model.Relations.Any(relation => !relation.IsRoot && NameSense.PointsTo(name, relation.Relation.Name));
        if (argument.Type == model.TenantType && !before.Any(slot => slot.Kind == 't') && !pointsElsewhere && (tenantNamed || model.TenantType != "text"))
        {
            return 't';
        }

        bool role = name.Contains("role", StringComparison.Ordinal) || argument.Type.Contains("role", StringComparison.Ordinal) || name is "level" or "min" or "required" or "permission";
        return role && routine.Arguments.Count > 0 ? 'r' : '?';
    }
}
