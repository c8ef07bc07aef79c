using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes the names of sandbox scenarios.</summary>
public sealed class ScenarioCompleter : SeenCompleter
{
    /// <summary>Made by the engine.</summary>
    public ScenarioCompleter()
        : base("scenario")
    {
    }

    private protected override IReadOnlyList<KeyValuePair<string, string>> Names() => [.. ScenarioCatalog.All.Select(scenario => KeyValuePair.Create(scenario.Name, scenario.Summary))];
}
