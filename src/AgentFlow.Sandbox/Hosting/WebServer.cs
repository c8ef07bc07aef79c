using System.Net;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Faults;
using AgentFlow.Sandbox.Recording;
using AgentFlow.Sandbox.Scenarios;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>One Kestrel on several loopback ports: control and providers on the first, the app on all others.</summary>
internal static class WebServer
{
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(-10);

    /// <summary>Binds the ports and begins to answer.</summary>
    public static async Task<WebApplication> StartAsync(SandboxState sandbox, IReadOnlyList<ISandboxPart> parts, ControlRoutes control, Func<int, SiteVisit> visit, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(sandbox);
        // The program itself decides when to end; a host that ends on its own would leave PostgreSQL behind.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MinResponseDataRate = null;
            for (int i = 0; i < SitePorts.PoolSize + 2; i++)
            {
                options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        WebApplication app = builder.Build();
        app.UseMiddleware<RecordingMiddleware>(sandbox, parts);
        app.Use(async (http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                if (sandbox.Has(Trait.ClockSkew) && http.Connection.LocalPort == sandbox.Ports.Main)
                {
                    http.Response.Headers.Date = sandbox.Time.GetUtcNow().Add(s_skew).ToString("r", System.Globalization.CultureInfo.InvariantCulture);
                }

                return Task.CompletedTask;
            });
            await next(http).ConfigureAwait(false);
        });
        app.UseMiddleware<FaultMiddleware>(sandbox, new FaultBodies(parts));
        app.UseMiddleware<TraitMiddleware>(sandbox, new FaultBodies(parts));
        app.MapWhen(http => http.Connection.LocalPort != sandbox.Ports.Main, site =>
        {
            site.Use((http, next) =>
            {
                http.Features.Set(visit(http.Connection.LocalPort));
                return next(http);
            });
            site.UseRouting();
            site.UseEndpoints(routes =>
            {
                foreach (ISandboxPart part in parts.Where(part => part.IsApp))
                {
                    part.Map(routes);
                }
            });
        });
        app.UseRouting();
        foreach (ISandboxPart part in parts.Where(part => !part.IsApp))
        {
            part.Map(app.MapGroup("/" + part.Name));
            app.MapFallback("/" + part.Name + "/{**rest}", http => NotFoundAsync(http, part));
        }

        control.Map(app.MapGroup("/control"));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        IServerAddressesFeature addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        sandbox.Ports.Bind([.. addresses.Addresses.Select(address => new Uri(address).Port)]);
        return app;
    }

    private static async Task NotFoundAsync(HttpContext http, ISandboxPart part)
    {
        if (part.ErrorBody(StatusCodes.Status404NotFound) is { } body)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.ContentType = body.ContentType;
            await http.Response.WriteAsync(body.Body, http.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            await new Answer(StatusCodes.Status404NotFound, new JsonObject { ["error"] = "not found" }).SendAsync(http).ConfigureAwait(false);
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
