using AgentFlow.Faults;
using AgentFlow.Rotation.Steps;

namespace AgentFlow.Rotation;

/// <summary>What a rotation leaves outside when it is given up, one sentence each.</summary>
internal static class LeftoverList
{
    private const int ShownEnd = 4;

    public static async Task<List<string>> ReadAsync(RotationSession session, ICredentialKind kind, CancellationToken cancellationToken)
    {
        RotationView view = session.View;
        RotationRecord record = view.Record;
        List<string> leftovers = [];
        HashSet<string> made = [.. view.Superseded];
        if (record.NewId is { } known)
        {
            made.Add(known);
        }

        try
        {
            made.UnionWith(await kind.FindMintedAsync(MintStep.Order(session, new()), cancellationToken));
        }
        catch (AfFaultException fault)
        {
            leftovers.Add($"The provider could not be asked what was made ({fault.Message}); look there for credentials made since {record.StartedAt:u}.");
        }

        bool staged = view.BegunCalls.Contains(CallName.Stage);
        leftovers.AddRange(made.Where(id => id != record.OldId).Order(StringComparer.Ordinal).Select(id => staged
            ? $"Credential {Shown(id)} works and may stand in the variables."
            : $"Credential {Shown(id)} works and is used by nothing: remove it at the provider."));
        if (record is { OldId: { } old, RevokedAt: null })
        {
            leftovers.Add(record.QuiescedAt is null ? $"The old credential {Shown(old)} still works." : $"The old credential {Shown(old)} is disabled but not removed.");
        }

        if (staged)
        {
            leftovers.AddRange(record.Lanes.Select(lane => $"{lane.Describe()} holds the new value or was being written."));
        }

        if (record.DeploymentId is { } deployment && record.PromotedAt is null)
        {
            leftovers.Add($"Deployment {deployment} was built and not promoted.");
        }

        return leftovers;
    }

    // An id that the redaction takes for a key is still told by its end.
    private static string Shown(string id) => id.Length > ShownEnd * 3 ? $"{id} (ends in {id[^ShownEnd..]})" : id;
}
