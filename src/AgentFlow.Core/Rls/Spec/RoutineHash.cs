using System.Security.Cryptography;
using System.Text;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Spec;

/// <summary>Identifies what a definer function does: its body without layout and comments, its owner, its settings and volatility.</summary>
public static class RoutineHash
{
    /// <summary>SHA-256, hexadecimal.</summary>
    public static string Of(RlsRoutine routine)
    {
        ArgumentNullException.ThrowIfNull(routine);
        string text = string.Join('\n', [SqlLexer.Normalize(routine.Source), routine.Language, routine.Owner, string.Join(';', routine.Settings.Order(StringComparer.Ordinal))]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
