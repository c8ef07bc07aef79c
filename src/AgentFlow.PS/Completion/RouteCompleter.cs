using AgentFlow.Cmdlets.Session;

namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes the routes of the connected config.</summary>
public sealed class RouteCompleter : SeenCompleter
{
    /// <summary>Made by the engine.</summary>
    public RouteCompleter()
        : base("route")
    {
    }

    private protected override IReadOnlyList<KeyValuePair<string, string>> Names() =>
        [.. (RunspaceState.Current().Context?.Config.Routes ?? RouteExpectation.Defaults).Select(route => KeyValuePair.Create(route.Path, route.RedirectTo is { } to ? $"redirects to {to}" : $"answers {route.Status}"))];
}
