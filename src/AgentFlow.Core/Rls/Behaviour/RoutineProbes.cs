using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Calls the functions that tenants may call, in the READ ONLY transaction, for a tenant that the caller has nothing to do with.</summary>
public sealed class RoutineProbes(RlsScene scene, IReadOnlySet<string> tenants)
{
    private const string NowhereUuid = "f0f0f0f0-0000-4000-8000-00000000f0f0";

    /// <summary>What they give away to each of these principals.</summary>
    public async Task<IReadOnlyList<RoutineObservation>> CallAsync(IRlsSession session, IReadOnlyList<RlsPrincipal> principals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(principals);
        List<RoutineObservation> seen = [];
        List<RlsRoutine> callable = [];
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => !routine.IsTrigger && !scene.Helpers.Contains(routine.Oid) && Callers(routine).Any() && Touches(routine)))
        {
            string? reason = routine.Kind != "f" ? "it is a procedure"
                : scene.Graph.Closure([routine.Oid]).Select(part => TriggerScreen.Effect(scene, part)).FirstOrDefault(effect => effect is not null) is { } effect ? $"it {effect}, which a rollback does not undo"
                : Arguments(routine, null, NowhereUuid) is null ? "its arguments cannot be made up"
                : null;
            if (reason is null)
            {
                callable.Add(routine);
            }
            else
            {
                seen.Add(new(routine, null, 0, reason));
            }
        }

        foreach (RlsPrincipal principal in principals.Where(principal => principal.Victim is not null))
        {
            List<RlsRoutine> mine = [.. callable.Where(routine => routine.CallableBy.Contains(principal.Role) && IsUsable(routine, principal.Role))];
            string nowhere = scene.Model.TenantType is "uuid" or "text" ? NowhereUuid : "-987654321";
            List<RlsProbe> probes = [.. mine.SelectMany(routine => new[] { Call(routine, principal, principal.Victim!), Call(routine, principal, nowhere) })];
            IReadOnlyList<RlsAnswer> answers = await session.RunAsync(principal.Forged, probes, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < mine.Count; i++)
            {
                seen.Add(Judge(mine[i], principal, answers[2 * i], answers[(2 * i) + 1]));
            }
        }

        return seen;
    }

    private RoutineObservation Judge(RlsRoutine routine, RlsPrincipal principal, RlsAnswer victim, RlsAnswer nowhere)
    {
        if (victim.State == "25006")
        {
            return new(routine, null, 0, "it writes, and functions are called in a READ ONLY transaction only");
        }

        if (victim.IsError)
        {
            return new(routine, principal, 0, null);
        }

        // Rows that name a tenant speak for themselves; else the answer about the victim differs from the answer about nobody.
        bool Foreign(string tenant) => tenants.Contains(tenant) && !principal.ActiveTenants.Contains(tenant);
        long named = victim.Rows.Count(row => (row["t"] is { } tenant && Foreign(tenant)) || (scene.Model.TenantType == "uuid" && tenants.Any(known => Foreign(known) && row["j"]?.Contains(known, StringComparison.Ordinal) == true)));
        bool asksTenant = routine.Arguments.Any(argument => IsTenant(argument, scene.Model));
        string Digest(RlsAnswer answer) => string.Join('\n', answer.Rows.Select(row => row["j"]));
        bool differs = asksTenant && !nowhere.IsError && Digest(victim) != Digest(nowhere);
        return new(routine, principal, named > 0 ? named : differs ? Math.Max(1, victim.Rows.Count) : 0, null);
    }

    private RlsProbe Call(RlsRoutine routine, RlsPrincipal principal, string tenant)
    {
        const string row = "pg_catalog.to_jsonb(q)";
        List<string> names = [.. scene.Model.Find(routine.ReturnsRelation ?? 0)?.Column is { } own ? [own.Name] : System.Array.Empty<string>(), .. scene.Model.TenantNames.Take(4)];
        string tenantOf = string.Join(", ", names.DefaultIfEmpty("organization_id").Distinct().Select(key => $"{row} ->> {Literal(key)}"));
        return new($"select coalesce({tenantOf}) as t, {row}::text as j from {Name(routine.Schema)}.{Name(routine.Name)}({Arguments(routine, principal, tenant)}) q limit 200");
    }

    private string? Arguments(RlsRoutine routine, RlsPrincipal? principal, string tenant)
    {
        List<string> values = [];
        foreach (RlsArgument argument in routine.Arguments)
        {
            string? value = IsTenant(argument, scene.Model) ? Literal(tenant, argument.Type)
                : argument.Type == scene.Model.UserType ? Literal(principal?.UserId, argument.Type)
                : argument.Type switch
                {
                    "boolean" => "true",
                    "text[]" => Array(scene.Model.Membership?.Roles ?? [], "text"),
                    "text" or "character varying" => "''",
                    "jsonb" or "json" => Literal("{}", argument.Type),
                    "integer" or "bigint" or "smallint" or "numeric" => Literal("10", argument.Type),
                    "date" or "timestamp with time zone" or "timestamp without time zone" => $"pg_catalog.now()::{argument.Type}",
                    _ => null,
                };
            if (value is null)
            {
                return null;
            }

            values.Add(value);
        }

        return string.Join(", ", values);
    }

    private IEnumerable<string> Callers(RlsRoutine routine) => scene.ApiRoles.Where(role => routine.CallableBy.Contains(role) && IsUsable(routine, role));

    private bool IsUsable(RlsRoutine routine, string role) => scene.Graph.Catalog.Schemas.Any(schema => schema.Name == routine.Schema && schema.UsableBy.Contains(role));

    private bool Touches(RlsRoutine routine) => scene.Graph.Closure([routine.Oid]).Any(part => scene.Model.Relations.Any(relation => scene.Graph.Reading(part).Mentions(relation.Relation.Name)));

    private static bool IsTenant(RlsArgument argument, TenantModel model)
    {
        string name = argument.Name.TrimStart('_');
        name = name.StartsWith("p_", StringComparison.Ordinal) ? name[2..] : name;
        return argument.Type == model.TenantType && !NameSense.IsUser(name) && (model.TenantNames.Contains(name) || model.TenantNames.Any(tenant => tenant.Split('_')[0] == name || tenant.StartsWith(name, StringComparison.Ordinal)) || name.Contains("org", StringComparison.Ordinal) || name.Contains("tenant", StringComparison.Ordinal));
    }
}
