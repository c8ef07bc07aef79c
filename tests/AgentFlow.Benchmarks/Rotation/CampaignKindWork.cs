namespace AgentFlow.Benchmarks.Rotation;

/// <summary>What a campaign knows of one kind and has still to do.</summary>
internal sealed class CampaignKindWork(CampaignKind kind)
{
    private static readonly string[] s_commands = ["start", "resume", "confirm", "complete"];

    public CampaignKind Kind { get; } = kind;

    public PlaceBook Places { get; } = new();

    public TroubleBook Troubles { get; } = new();

    /// <summary>An undisturbed rotation has told its places and calls.</summary>
    public bool Learned { get; set; }

    /// <summary>A lane is at the undisturbed rotation.</summary>
    public bool Learning { get; set; }

    public bool HasOpen => Places.HasOpen() || Troubles.HasOpen();

    /// <summary>How much there is to do.</summary>
    public int Open => Places.Count() is var (known, covered) ? known - covered + Troubles.Missed().Count : 0;

    /// <summary>Points where no process has died.</summary>
    public int OpenPoints => Places.MissedPoints().Count;

    /// <summary>At every point that a rotation passes some process died, and every call met every trouble.</summary>
    public bool IsCovered => Learned && OpenPoints == 0 && Troubles.Missed().Count == 0;

    /// <summary>And so did a process of each command that comes by it.</summary>
    public bool IsWhole => IsCovered && Places.Missed().Count == 0;

    /// <summary>One line of numbers, and one for each thing that is missing.</summary>
    /// <param name="all">What is missing of each command, and not only of all taken as one.</param>
    public IEnumerable<string> Report(bool all)
    {
        (int known, int covered) = Places.Count();
        string commands = string.Join(", ", s_commands.Select(command => Places.Count(command) is var (there, done) ? $"{command} {done}/{there}" : command));
        string troubles = string.Join(", ", TroubleBook.Troubles.Select(trouble => $"{trouble} {Troubles.Met(trouble)}/{Troubles.Calls}"));
        (int points, int met, int further, int furtherMet) = Places.Points();
        yield return $"{Kind.Credential}: killed at {met} of {points} points and at {furtherMet} of {further} that only deaths lead to; {covered} of {known} places ({commands}); bad answers met by calls: {troubles}";
        foreach (string missed in (all ? Places.Missed() : Places.MissedPoints()).Concat(Troubles.Missed()))
        {
            yield return $"  missed: {missed}";
        }
    }
}
