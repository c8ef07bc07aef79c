using System.Text.Json;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.App;

/// <summary>Reads the build's stamp from the app: from its stamp route, or from the header of its start page.</summary>
public sealed class AppStamp(IRouteProbe probe, AppConfig app) : IStampSource
{
    private const int LongestStamp = 128;

    /// <inheritdoc/>
    public async Task<LiveStamp?> ReadAsync(Uri origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (app.StampPath is null && app.StampHeader is null)
        {
            return null;
        }

        RouteAnswer answer = await probe.GetAsync(new(new Uri(origin, app.StampPath ?? "/"), Own: true), cancellationToken).ConfigureAwait(false);
        if (PlatformPages.Recognise(answer) is { } platform)
        {
            throw new AfFaultException(FaultKind.Permission, FaultId.AppHidden, $"{PlatformPages.Describe(platform)} at {answer.Uri.Authority}.", PlatformPages.Fix(platform, answer.BypassSent), answer.Uri.ToString());
        }

        return app.StampPath is not null && answer.Status is >= 200 and < 300 && Property(answer.Body, app.StampProperty) is { } value
            ? new(value, app.StampPath)
            : app.StampHeader is not null && answer.Header(app.StampHeader.ToLowerInvariant()) is { Length: > 0 and <= LongestStamp } header
                ? new(header, $"header {app.StampHeader}")
                : null;
    }

    // A dotted name leads into objects: build.id.
    private static string? Property(string body, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement at = document.RootElement;
            foreach (string name in path.Split('.'))
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                {
                    return null;
                }
            }

            return at.ValueKind == JsonValueKind.String && at.GetString() is { Length: > 0 and <= LongestStamp } value ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
