using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation;

/// <summary>Which entries of the variable store a credential lives in.</summary>
internal static class LaneFinder
{
    /// <summary>The part whose lanes are filled with what was there before.</summary>
    public const string PreviousPart = "previous";

    private static readonly string[] s_production = ["production"];

    /// <summary>The lanes, in the order of the config's variables, and what is wrong with them.</summary>
    public static (IReadOnlyList<RotationLane> Lanes, IReadOnlyList<RotationBlocker> Blockers, IReadOnlyList<string> Notes) Find(
        CredentialConfig config, IReadOnlyList<VariableEntry> entries)
    {
        List<RotationLane> lanes = [];
        List<RotationBlocker> blockers = [];
        List<string> notes = [];
        foreach ((string name, string part) in config.Variables)
        {
            List<VariableEntry> mine = [.. entries.Where(entry => entry.Name == name && entry.Type != "system" && InTargets(config, entry))];
            foreach (VariableEntry entry in mine.Where(entry => config.Targets is { } targets && entry.Targets.Any(target => !targets.Contains(target))))
            {
                blockers.Add(Missing($"The entry of {name} also covers targets that are not the credential's; split it in the dashboard first."));
            }

            lanes.AddRange(mine.Select(entry => Lane(entry, part)));
            if (mine.Count == 0)
            {
                lanes.Add(New(name, part, config.Targets ?? s_production));
                notes.Add($"{name} does not exist yet and is made.");
            }
        }

        if (lanes.All(lane => lane.EntryId is null))
        {
            blockers.Add(Missing($"None of {string.Join(", ", config.Variables.Keys)} exists; check the names in the config."));
        }

        if (config.PreviousVariable is { } previous)
        {
            AddPrevious(previous, lanes, entries, notes);
        }

        return (lanes, blockers, notes);
    }

    /// <summary>The entry that is a lane now, by id or else by place.</summary>
    public static VariableEntry? EntryOf(RotationLane lane, IReadOnlyList<VariableEntry> entries) =>
        entries.FirstOrDefault(entry => entry.Name == lane.Name && entry.GitBranch == lane.GitBranch
            && entry.Targets.ToHashSet().SetEquals(lane.Targets) && entry.CustomEnvironmentIds.ToHashSet().SetEquals(lane.CustomEnvironmentIds));

    private static void AddPrevious(string previous, List<RotationLane> lanes, IReadOnlyList<VariableEntry> entries, List<string> notes)
    {
        foreach (RotationLane source in lanes.Where(lane => lane.Part == CredentialParts.SecretPart).ToList())
        {
            VariableEntry? entry = source.EntryId is { } id ? entries.FirstOrDefault(entry => entry.Id == id) : null;
            if (entry is not { Readable: true })
            {
                notes.Add($"{source.Describe()} cannot be read back, so {previous} is not set: what was signed with the old value stops being valid at the promotion.");
                continue;
            }

            RotationLane lane = source with { Name = previous, Part = PreviousPart, EntryId = null };
            lanes.Add(lane with { EntryId = EntryOf(lane, entries)?.Id });
        }
    }

    private static bool InTargets(CredentialConfig config, VariableEntry entry) => config.Targets is not { } targets || entry.Targets.Any(targets.Contains);

    private static RotationLane Lane(VariableEntry entry, string part) => new()
    {
        Name = entry.Name,
        Part = part,
        Targets = entry.Targets,
        GitBranch = entry.GitBranch,
        CustomEnvironmentIds = entry.CustomEnvironmentIds,
        Type = entry.Type is "plain" or "secret" ? "encrypted" : entry.Type,
        EntryId = entry.Id,
    };

    // The platform has no sensitive variables for development.
    private static RotationLane New(string name, string part, IReadOnlyList<string> targets) => new()
    {
        Name = name,
        Part = part,
        Targets = targets,
        Type = targets.Contains("development") ? "encrypted" : "sensitive",
    };

    private static RotationBlocker Missing(string reason) => new() { Code = BlockerCode.LaneMissing, Reason = reason };
}
