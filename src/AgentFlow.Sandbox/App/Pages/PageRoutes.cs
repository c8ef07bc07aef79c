using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.App.Pages;

/// <summary>The seven routes and what every other address answers.</summary>
internal sealed class PageRoutes(SandboxState sandbox)
{
    private const string Foreign = "https://signin.elsewhere.example";
    private const int Old = 60 * 60 * 24 * 30;

    private readonly PageBodies _bodies = new(sandbox);

    public PageBodies Bodies => _bodies;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", http => HtmlAsync(http, _bodies.Page("AgentFlow: leads that qualify themselves", "Leads that qualify themselves", "AgentFlow reads every lead and tells you which one to call.")));
        routes.MapGet("/docs", http => sandbox.Has(Trait.SoftNotFound) ? HtmlAsync(http, _bodies.NotFound()) : HtmlAsync(http, _bodies.Page("Documentation | AgentFlow", "Documentation", "How to send leads, how errors such as an Internal Server Error are answered, and what a webhook looks like.")));
        routes.MapGet("/pricing", PricingAsync);
        routes.MapGet("/login", LoginAsync);
        routes.MapGet("/signup", http => HtmlAsync(http, _bodies.Page("Create your account | AgentFlow", "Create your account", "Fourteen days free.", """<form method="post" action="/signup"><label>Email <input type="email" name="email"/></label><label>Password <input type="password" name="password"/></label><button>Create account</button></form>""")));
        routes.MapGet("/status", StatusAsync);
        routes.MapGet("/dashboard/{**rest}", DashboardAsync);
        routes.MapFallback("{**path}", http => HtmlAsync(http, _bodies.NotFound(), sandbox.Has(Trait.SoftNotFound) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound));
    }

    private Task PricingAsync(HttpContext http) => sandbox.Has(Trait.BrokenRoute) ? HtmlAsync(http, _bodies.ServerError(), StatusCodes.Status500InternalServerError)
        : sandbox.Has(Trait.LoginWall) ? RedirectAsync(http, "/login?next=%2Fpricing")
        : HtmlAsync(http, _bodies.Page("Pricing | AgentFlow", "Pricing", "From 0 to 500 leads a month, 49 euros."));

    private Task LoginAsync(HttpContext http)
    {
        string? next = http.Request.Query["next"];
        return sandbox.Has(Trait.RedirectLoop) ? RedirectAsync(http, "/dashboard")
            : (sandbox.Has(Trait.OpenReturn) || sandbox.Has(Trait.OpenRedirect)) && next is { Length: > 0 } && PageBodies.SafeReturn(next) != next && !next.Any(char.IsControl) ? RedirectAsync(http, next)
            : HtmlAsync(http, _bodies.Login(next));
    }

    private Task StatusAsync(HttpContext http) => sandbox.Has(Trait.ErrorInOk) ? HtmlAsync(http, _bodies.ServerError())
        : sandbox.Has(Trait.EmptyPage) ? HtmlAsync(http, string.Empty)
        : HtmlAsync(http, _bodies.Page("Status | AgentFlow", "All systems operational", "No incident in the last 90 days."));

    private Task DashboardAsync(HttpContext http)
    {
        string path = http.Request.Path;
        return sandbox.Has(Trait.OpenDashboard) ? HtmlAsync(http, _bodies.Page("Dashboard | AgentFlow", "Dashboard", "12 leads today."))
            : sandbox.Has(Trait.OpenRedirect) ? RedirectAsync(http, $"{Foreign}/login?next={Uri.EscapeDataString(path)}")
            : sandbox.Has(Trait.ForeignReturn) ? RedirectAsync(http, $"/login?next={Uri.EscapeDataString("%2F%2Felsewhere.example%2Fdashboard")}")
            : RedirectAsync(http, $"/login?next={Uri.EscapeDataString(path)}");
    }

    private static Task RedirectAsync(HttpContext http, string location)
    {
        http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        http.Response.Headers.Location = location;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private Task HtmlAsync(HttpContext http, string html, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        if (sandbox.Has(Trait.StaleCache))
        {
            http.Response.Headers.Age = $"{Old}";
            http.Response.Headers["x-vercel-cache"] = "HIT";
        }
        else
        {
            http.Response.Headers.Age = "0";
            http.Response.Headers["x-vercel-cache"] = "PRERENDER";
        }

        return SendAsync(http, html);
    }

    public static async Task SendAsync(HttpContext http, string html)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html, http.RequestAborted).ConfigureAwait(false);
    }
}
