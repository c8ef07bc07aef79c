using System.Security.Cryptography;
using System.Text;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Spec;

/// <summary>A hash of what a routine does: comments, layout and the case of keywords do not count, everything else does.</summary>
public static class RoutineFingerprint
{
    /// <summary>SHA-256 as lower-case hex.</summary>
    public static string Of(RlsRoutine routine)
    {
        ArgumentNullException.ThrowIfNull(routine);
        StringBuilder text = new();
        text.Append(routine.Language).Append('\u001f').Append(routine.Definer).Append('\u001f').Append(routine.Returns).Append('\u001f').Append(routine.ReturnsSet);
        foreach (string setting in routine.Settings.Order(StringComparer.Ordinal))
        {
            text.Append('\u001f').Append(setting);
        }

        // Only of SQL and PL/pgSQL is it known what a comment is.
        if (routine.Language is "sql" or "plpgsql")
        {
            foreach (SqlToken token in SqlLexer.Read(routine.Source))
            {
                text.Append('\u001e').Append((int)token.Kind).Append(token.Value);
            }
        }
        else
        {
            text.Append('\u001e').Append(routine.Source);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
