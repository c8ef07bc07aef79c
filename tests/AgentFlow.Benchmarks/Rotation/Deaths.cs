namespace AgentFlow.Benchmarks.Rotation;

/// <summary>Where one process is to die.</summary>
/// <param name="At">The number of a place, from 1; 0 for none.</param>
/// <param name="In">Names of places; it dies at the first that it meets.</param>
internal sealed record Deaths(int At, IReadOnlyCollection<string> In)
{
    public static Deaths None { get; } = new(0, []);
}
