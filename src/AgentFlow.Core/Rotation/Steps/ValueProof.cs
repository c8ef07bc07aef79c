using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Steps;

/// <summary>Whether a running deployment holds the sealed values (L3).</summary>
internal sealed class ValueProof(RotationPorts ports, SealedValues values)
{
    /// <summary>True when the keyed fingerprints agree, false when the app has no such route.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationProofFailed"/> when they do not.</exception>
    public async Task<bool> CompareAsync(RotationSession session, Uri origin, string deploymentId, CancellationToken cancellationToken)
    {
        using CredentialParts parts = await values.ReadNewAsync(session.View, cancellationToken) ?? throw new HeldException(
            HoldCode.ValueUnreadable, "The new value is not sealed on this machine.", "Go on from the machine that made it, or make another with Resume-AfEnvRotation -Regenerate.");
        Dictionary<string, Secret> expected = session.View.Record.Lanes
            .Where(lane => lane.Part != LaneFinder.PreviousPart && (lane.Targets.Count == 0 || lane.Targets.Contains("production")))
            .DistinctBy(lane => lane.Name)
            .ToDictionary(lane => lane.Name, lane => parts[lane.Part]);
        FingerprintReading? reading = expected.Count == 0 ? null : await ports.App.CompareAsync(origin, expected, cancellationToken);
        if (reading is null)
        {
            return false;
        }

        if (reading.DeploymentId is { } answered && answered != deploymentId)
        {
            throw Failed($"Deployment {answered} answered at {origin}, not {deploymentId}.", deploymentId);
        }

        return reading.Agrees ? true : throw Failed(
            $"Deployment {deploymentId} does not hold the new value: {Describe(reading)}.", deploymentId);
    }

    private static string Describe(FingerprintReading reading)
    {
        List<string> parts = [];
        Add("missing", reading.Missing);
        Add("different", reading.Different);
        Add("with white space at an edge", reading.EdgeWhitespace);
        return string.Join("; ", parts);

        void Add(string what, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
            {
                parts.Add($"{string.Join(", ", names)} {what}");
            }
        }
    }

    private static AfFaultException Failed(string message, string target) => new(
        FaultKind.InvalidState, FaultId.RotationProofFailed, message, "See that the app reads these variables at run time and not from another place, then resume or use -Regenerate.", target);
}
