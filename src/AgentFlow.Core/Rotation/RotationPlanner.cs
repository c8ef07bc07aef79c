using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentFlow.Journal;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation;

/// <summary>Computes a plan. Reads only.</summary>
internal sealed class RotationPlanner(RotationPorts ports)
{
    /// <summary>The plan and what the kind saw.</summary>
    public async Task<(RotationPlan Plan, KindSnapshot Snapshot)> ComputeAsync(
        CredentialConfig config, string? currentId, bool compromised, RotationRecord? open, CancellationToken cancellationToken)
    {
        ICredentialKind kind = ports.KindOf(config);
        KindTraits traits = kind.Describe(config);
        IReadOnlyList<VariableEntry> entries = await ports.Variables.ListAsync(cancellationToken);
        (IReadOnlyList<RotationLane> lanes, IReadOnlyList<RotationBlocker> laneBlockers, IReadOnlyList<string> laneNotes) = LaneFinder.Find(config, entries);
        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        KindSnapshot snapshot = await kind.InspectAsync(config, currentId ?? config.CurrentId, cancellationToken);
        IReadOnlyList<string> shared = await ValueSharing.FindAsync(ports.Variables, lanes, entries, cancellationToken);

        // While one is open, what the provider shows of it would only hide why there cannot be another.
        List<RotationBlocker> blockers = open is null
            ? [.. laneBlockers, .. snapshot.Blockers, .. await ports.Freeze.ReadAsync(cancellationToken)]
            : [new() { Code = BlockerCode.OpenRotation, Reason = $"Rotation {open.RotationId} of this credential is {open.State}; resume, undo or stop it first." }];
        if (serving.RolledBack)
        {
            blockers.Add(new() { Code = BlockerCode.PinnedRollback, Reason = $"Production is pinned to {serving.DeploymentId} by a rollback; promote a deployment first." });
        }

        if (shared.Count > 0)
        {
            blockers.Add(new()
            {
                Code = BlockerCode.SharedCredential,
                Reason = $"{string.Join(", ", shared)} holds the same value; add it to the credential's variables, so that all change together.",
            });
        }

        foreach (string part in config.Variables.Values.Except(traits.Parts))
        {
            blockers.Add(new() { Code = BlockerCode.LaneMissing, Reason = $"A {config.Kind} has no part '{part}', only {string.Join(", ", traits.Parts)}." });
        }

        RotationPlan plan = new()
        {
            Credential = config.Name,
            Kind = config.Kind,
            Compromised = compromised,
            Hash = Hash(config, snapshot, lanes, entries, serving, compromised),
            ComputedAt = ports.Time.GetUtcNow(),
            OldId = snapshot.OldId,
            ServingDeploymentId = serving.DeploymentId,
            Lanes = lanes,
            Steps = Steps(config, traits, snapshot, lanes, serving, compromised),
            Blockers = blockers,
            Notes = [.. laneNotes, .. snapshot.Notes],
        };
        return (plan, snapshot);
    }

    private static List<string> Steps(
        CredentialConfig config, KindTraits traits, KindSnapshot snapshot, IReadOnlyList<RotationLane> lanes, ServingState serving, bool compromised)
    {
        string old = snapshot.OldId ?? "the old value";
        List<string> steps =
        [
            traits.OperatorMakes ? $"Ask the operator: {traits.MakeCard}" : $"Make a new {config.Kind} and seal its value.",
            string.Create(CultureInfo.InvariantCulture, $"Write {lanes.Count} {(lanes.Count == 1 ? "lane" : "lanes")} in one call: {string.Join(", ", lanes.Select(lane => lane.Describe()))}."),
            $"Build {serving.DeploymentId} again without its domains and check the routes on its own address.",
            "Promote it, read the alias back and compare the keyed fingerprint.",
            "Stop at Draining; both credentials work.",
            traits.OperatorRevokes
                ? $"On Complete-AfEnvRotation, ask the operator: {traits.RevokeCard}"
                : string.Create(CultureInfo.InvariantCulture, $"On Complete-AfEnvRotation, once its gate is open: {(traits.CanQuiesce ? $"disable {old}, wait {config.SoakMinutes} minutes unused, then " : string.Empty)}revoke {old} and see that it is dead."),
        ];
        if (compromised && traits.CanQuiesce)
        {
            steps.Insert(1, $"Disable {old} at once: what still uses it fails until the promotion.");
        }

        return steps;
    }

    private static string Hash(
        CredentialConfig config, KindSnapshot snapshot, IReadOnlyList<RotationLane> lanes, IReadOnlyList<VariableEntry> entries, ServingState serving, bool compromised)
    {
        StringBuilder text = new();
        text.AppendLine("af-plan-v1");
        text.AppendLine(CanonicalJson.Write(JsonSerializer.SerializeToElement(config, RotationJson.Default.CredentialConfig)));
        text.AppendLine(CanonicalJson.Write(JsonSerializer.SerializeToElement(lanes, RotationJson.Default.IReadOnlyListRotationLane)));
        foreach (RotationLane lane in lanes)
        {
            text.AppendLine(entries.FirstOrDefault(entry => entry.Id == lane.EntryId) is { } entry ? JournalChain.FormatTime(entry.UpdatedAt) : "-");
        }

        text.AppendJoin('\n', snapshot.Facts).AppendLine();
        text.AppendLine(snapshot.OldId).AppendLine(serving.ProjectId).AppendLine(serving.DeploymentId).AppendLine(compromised ? "compromised" : "planned");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
