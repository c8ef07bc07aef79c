using AgentFlow.Checks;

namespace AgentFlow.Deployments.BuildEnv;

/// <summary>The verdicts over one name. Only names are ever said.</summary>
internal static class EnvRules
{
    private const string Redeploy = "Redeploy: a build keeps the variables that were set when it began.";

    /// <summary>AFD011: a name that the config requires. Null when it is there and nothing is to be said.</summary>
    public static CheckFinding? Required(Holding holding, BuildPlace place) => holding.Kind switch
    {
        HoldingKind.Here when holding.Variable!.CreatedAt > place.BuiltAt => CheckFinding.Warn($"It was set for {place.Name} only after this build, which does not have it.", Redeploy),
        HoldingKind.Here or HoldingKind.Given => null,
        HoldingKind.Elsewhere => CheckFinding.Fail($"It is set, but not for {place.Name}.", place.Name, $"only for {holding.Note}", $"Add {place.Name} to its targets, or set a value of its own there; then redeploy."),
        HoldingKind.NotExposed => NotExposed(),
        HoldingKind.Absent => CheckFinding.Fail($"It is not set for {place.Name}.", $"set for {place.Name}", Similar(holding), $"Set it for {place.Name} in Project Settings, Environment Variables; then redeploy."),
        _ => CheckFinding.Inconclusive($"It is not among what could be read. {holding.Note}.", "Give the Vercel token the scope of the team, and run the check again."),
    };

    /// <summary>AFD010: a name that the build log calls missing.</summary>
    /// <param name="missing">What the log says.</param>
    /// <param name="holding">What the platform holds; null when that could not be read.</param>
    /// <param name="place">Where the build was for.</param>
    /// <param name="matters">False when the build went through and the config, which lists what is required here, does not list this name.</param>
    public static CheckFinding Logged(MissingEnv missing, Holding? holding, BuildPlace place, bool matters)
    {
        string said = $"line {missing.Line} of the build log ({missing.Source})";
        if (holding?.IsNewerThan(place.BuiltAt) == true)
        {
            return CheckFinding.Warn($"The build lacked it, says {said}; it has been set for {place.Name} since.", Redeploy);
        }

        CheckFinding finding = holding?.Kind switch
        {
            HoldingKind.Here or HoldingKind.Given => CheckFinding.Fail(
                $"The build lacked it, says {said}, although it was set for {place.Name} before.", "a value that reaches the build", "set, yet missing in the build",
                "Its value may be empty, or the build tool keeps it from the step (turbo.json, Dockerfile ARG); set it anew and redeploy."),
            HoldingKind.Elsewhere => CheckFinding.Fail($"The build lacked it, says {said}; it is set, but not for {place.Name}.", place.Name, $"only for {holding.Note}", $"Add {place.Name} to its targets; then redeploy."),
            HoldingKind.NotExposed => NotExposed(),
            HoldingKind.Absent => CheckFinding.Fail($"The build lacked it, says {said}, and it is not set for {place.Name}.", $"set for {place.Name}", Similar(holding), $"Set it for {place.Name} in Project Settings, Environment Variables; then redeploy."),
            _ => CheckFinding.Fail($"The build lacked it, says {said}.", $"set for {place.Name}", "missing in the build", $"Make sure that it is set for {place.Name}; then redeploy."),
        };
        return matters ? finding : finding with { Outcome = CheckOutcome.Warn, Reason = $"{finding.Reason} The build went through, and the config does not require it." };
    }

    /// <summary>AFD012: variables that are newer than the build.</summary>
    public static CheckFinding Changed(HeldVariables held)
    {
        if (held.Place.BuiltAt is not { } builtAt)
        {
            return CheckFinding.Inconclusive("Vercel does not say when the deployment was made.", "Use a token of the team that owns the project.");
        }

        const int Most = 10;
        string[] newer = [.. held.Here.Where(variable => variable.UpdatedAt > builtAt).Select(variable => variable.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (newer.Length == 0)
        {
            return CheckFinding.Pass($"All variables of {held.Place.Name} are older than the build.");
        }

        string names = string.Join(", ", newer.Take(Most)) + (newer.Length > Most ? $" and {newer.Length - Most} more" : string.Empty);
        return CheckFinding.Warn($"Changed since the build, which keeps the old values: {names}.", Redeploy) with { Actual = $"{newer.Length} changed" };
    }

    private static CheckFinding NotExposed() => CheckFinding.Fail(
        "It is a variable of the platform, and the project does not expose these.", "exposed", "not exposed", "Turn on 'Automatically expose System Environment Variables' in Project Settings, Environment Variables; then redeploy.");

    private static string Similar(Holding holding) => holding.Note.Length > 0 ? $"not set; '{holding.Note}' differs in case" : "not set";
}
