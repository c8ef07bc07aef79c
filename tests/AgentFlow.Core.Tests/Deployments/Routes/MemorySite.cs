using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>A site in memory: AgentFlow's seven routes on every origin, as a test changes them.</summary>
internal sealed class MemorySite : IRouteProbe
{
    private readonly Lock _gate = new();

    public const string Immutable = "https://agentflow-abc.vercel.app";
    public const string Alias = "https://agentflow.example";

    /// <summary>Answers in place of the page at a path; the later one wins, the origin too where it is said.</summary>
    private readonly List<(string? Origin, string Path, Func<RouteRequest, RouteAnswer> Answer)> _rules = [];

    public MemorySite()
    {
        foreach (string name in new[] { "", "docs", "pricing", "login", "signup", "status" })
        {
            Set($"/{name}", request => Page(request, $"{(name.Length == 0 ? "Start" : name)} | AgentFlow", $"All about {name}", $"The page of {name} holds words of its own: {string.Join(' ', Enumerable.Repeat(name + "word", 12))}."));
        }

        Set("/dashboard", request => Redirect(request, $"/login?next={Uri.EscapeDataString(request.Uri.AbsolutePath)}"));
        Set("http://agentflow.example", "/", request => Redirect(request, "https://agentflow.example/", 308));
    }

    /// <summary>Every request, in order of arrival.</summary>
    public List<RouteRequest> Asked { get; } = [];

    /// <summary>The stamp that every answer carries; by origin.</summary>
    public Func<Uri, string?> Stamp { get; set; } = _ => "dpl_1";

    /// <summary>Runs before each answer.</summary>
    public Func<RouteRequest, CancellationToken, Task>? Before { get; set; }

    public void Set(string path, Func<RouteRequest, RouteAnswer> answer) => _rules.Add((null, path, answer));

    public void Set(string? origin, string path, Func<RouteRequest, RouteAnswer> answer) => _rules.Add((origin, path, answer));

    public async Task<RouteAnswer> GetAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Asked.Add(request);
        }

        if (Before is { } before)
        {
            await before(request, cancellationToken);
        }

        string origin = request.Uri.GetLeftPart(UriPartial.Authority);
        Func<RouteRequest, RouteAnswer>? rule = _rules.LastOrDefault(one => (one.Origin is null || one.Origin == origin) && one.Path == request.Uri.AbsolutePath).Answer;
        RouteAnswer answer = rule?.Invoke(request) ?? NotFound(request);
        return Stamp(request.Uri) is { } stamp && !answer.Headers.ContainsKey("x-deployment-id") ? answer with { Headers = new Dictionary<string, string>(answer.Headers) { ["x-deployment-id"] = stamp } } : answer;
    }

    public static RouteAnswer Page(RouteRequest request, string title, string heading, string text, int status = 200, string head = "", string tail = "") => new()
    {
        Uri = request.Uri,
        Status = status,
        ContentType = "text/html",
        Body = $"<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title>{head}</head><body><main><h1>{heading}</h1><p>{text}</p></main>{tail}<script src=\"/_next/x.js\"></script></body></html>",
    };

    public static RouteAnswer NotFound(RouteRequest request, int status = 404) => Page(request, "404: This page could not be found.", "404", "This page could not be found.", status, "<meta name=\"next-error\" content=\"not-found\"/>");

    public static RouteAnswer Redirect(RouteRequest request, string? location, int status = 307) => new() { Uri = request.Uri, Status = status, Location = location };

    public static RouteAnswer With(RouteAnswer answer, string header, string value) => answer with { Headers = new Dictionary<string, string>(answer.Headers) { [header] = value } };

    public static AfFaultException Unreachable(RouteRequest request) => new(FaultKind.Connection, FaultId.ServiceUnreachable, $"{request.Uri.Authority} cannot be reached.", "Check the network.");
}
