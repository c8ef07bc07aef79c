using System.Security.Cryptography;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation;

/// <summary>Finds other variables with the same value by fingerprints under a key that lives as long as the call.</summary>
internal static class ValueSharing
{
    /// <summary>Names outside the credential whose readable value equals one of its secret lanes'.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(
        IVariableStore variables, IReadOnlyList<RotationLane> lanes, IReadOnlyList<VariableEntry> entries, CancellationToken cancellationToken)
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        HashSet<string> own = [.. lanes.Select(lane => lane.Name)];
        HashSet<string> secretLanes = [.. lanes.Where(lane => lane.EntryId is not null && IsSecret(lane.Part)).Select(lane => lane.EntryId!)];
        HashSet<string> prints = [];
        foreach (VariableEntry entry in entries.Where(entry => entry.Readable && secretLanes.Contains(entry.Id)))
        {
            if (await PrintAsync(variables, entry, key, cancellationToken) is { } print)
            {
                prints.Add(print);
            }
        }

        SortedSet<string> shared = new(StringComparer.Ordinal);
        foreach (VariableEntry entry in entries.Where(entry => prints.Count > 0 && entry.Readable && !own.Contains(entry.Name)))
        {
            if (await PrintAsync(variables, entry, key, cancellationToken) is { } print && prints.Contains(print))
            {
                shared.Add(entry.Name);
            }
        }

        return [.. shared];
    }

    /// <summary>Parts that are worth hiding; ids and role names may well be shared.</summary>
    public static bool IsSecret(string part) => part is not (CredentialParts.IdPart or "role");

    private static async Task<string?> PrintAsync(IVariableStore variables, VariableEntry entry, byte[] key, CancellationToken cancellationToken)
    {
        using Secret? value = await variables.ReadAsync(entry.Id, cancellationToken);
        return value is null || value.ByteCount == 0 ? null : value.Use(bytes => Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes)));
    }
}
