using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Reads from the policies what they give a helper: the argument that takes the tenant column is the tenant, whatever it is called.</summary>
internal static class HelperArguments
{
    /// <summary>The place of that argument, or null when no policy gives the helper a tenant column.</summary>
    public static int? TenantSlot(RlsScene scene, RlsRoutine routine)
    {
        foreach (RlsPolicy policy in scene.Graph.Catalog.Policies.Where(policy => policy.CallsRoutines.Contains(routine.Oid)))
        {
            if (scene.Model.Find(policy.Relation) is not { Path: TenantPath.Column, Column: { } column })
            {
                continue;
            }

            IReadOnlyList<SqlToken> tokens = scene.Reading(policy).Tokens;
            for (int i = 0; i + 1 < tokens.Count; i++)
            {
                if (tokens[i].IsName && tokens[i].Value == routine.Name && tokens[i + 1].Is('(') && Slot(tokens, i + 2, column.Name) is { } slot && slot < routine.Arguments.Count)
                {
                    return slot;
                }
            }
        }

        return null;
    }

    // The argument that is nothing but the column, possibly qualified or cast.
    private static int? Slot(IReadOnlyList<SqlToken> tokens, int at, string column)
    {
        int slot = 0;
        int depth = 0;
        for (int i = at; i < tokens.Count; i++)
        {
            if (tokens[i].Is('('))
            {
                depth++;
            }
            else if (tokens[i].Is(')') && depth-- == 0)
            {
                return null;
            }
            else if (tokens[i].Is(',') && depth == 0)
            {
                slot++;
            }
            else if (depth == 0 && tokens[i].IsName && tokens[i].Value == column)
            {
                return slot;
            }
        }

        return null;
    }
}
