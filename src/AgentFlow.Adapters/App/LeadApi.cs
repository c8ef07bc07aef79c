using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.App;

/// <summary>Sends leads through the deployed application's own API.</summary>
/// <param name="app">The way to the application.</param>
/// <param name="config">The application.</param>
/// <param name="apiKey">Gives the test tenant's key at the moment of a send.</param>
public sealed class LeadApi(AppHttp app, AfConfig config, Func<Secret> apiKey) : ILeadIntake
{
    private const int LongestId = 128;

    private static readonly string[][] s_idPaths = [["id"], ["leadId"], ["lead_id"], ["lead", "id"], ["data", "id"], ["data", "leadId"], ["result", "id"]];

    /// <inheritdoc/>
    public async Task<LeadReceipt> SubmitAsync(LeadSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        Uri uri = new(submission.Origin, config.Lead.Path);
        Secret key = apiKey();
        if (!key.Use(static bytes => !bytes.IsEmpty && !bytes.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)))
        {
            // Checked here: the framework's own complaint about a bad header quotes it.
            throw new AfFaultException(
                FaultKind.Authentication, FaultId.CredentialRejected, "The lead API key is empty or holds characters that no key has.", "Store it again where lead.apiKey points, without quotes, spaces or line ends.", "lead.apiKey");
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback)
        {
            throw new AfFaultException(FaultKind.Guard, FaultId.ServiceRedirected, $"The lead API key is sent over TLS only, not to {uri.Authority}.", "Use the deployment's https address.", uri.Authority);
        }

        using HttpRequestMessage request = new(HttpMethod.Post, uri) { Content = Body(submission.Fields) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", submission.IdempotencyKey);
        request.Headers.Accept.Add(new("application/json"));

        // The key makes a second send harmless, so a connection that broke before the answer may be tried again.
        request.Options.Set(RequestMarks.Repeatable, true);
        try
        {
            request.Headers.Authorization = new("Bearer", key.Reveal());
            return Receipt(await app.SendAsync(request, own: true, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            request.Headers.Authorization = null;
        }
    }

    private LeadReceipt Receipt(RouteAnswer answer)
    {
        using JsonDocument? body = Parse(answer.Body);
        return new()
        {
            Status = answer.Status,
            LeadId = body is null ? null : s_idPaths.Select(path => Text(body.RootElement, path)).FirstOrDefault(id => id is not null),
            Replayed = IsTrue(answer.Header("idempotency-replayed")) || IsTrue(answer.Header("idempotent-replayed")) || (body is not null && (Flag(body.RootElement, "replayed") || Flag(body.RootElement, "duplicate"))),
            Platform = PlatformPages.Recognise(answer),
            Stamp = config.App.StampHeader is { } header ? answer.Header(header.ToLowerInvariant()) : null,
            Location = answer.Location,
            BypassSent = answer.BypassSent,
            Attempts = answer.Attempts,
            Duration = answer.Duration,
        };
    }

    private static ByteArrayContent Body(IReadOnlyDictionary<string, string> fields)
    {
        JsonObject root = [];
        foreach ((string name, string value) in fields)
        {
            string[] path = name.Split('.');
            JsonObject at = root;
            foreach (string part in path[..^1])
            {
                if (at[part] is not JsonObject inner)
                {
                    at[part] = inner = [];
                }

                at = inner;
            }

            // Applications check types: true and false are meant as such, everything else is text.
            at[path[^1]] = value switch { "true" => true, "false" => false, _ => value };
        }

        ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(root));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static JsonDocument? Parse(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement at, string[] path)
    {
        foreach (string name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        string? text = at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.Number => at.GetRawText(), _ => null };
        return text is { Length: > 0 and <= LongestId } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? text : null;
    }

    private static bool Flag(JsonElement root, string name) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static bool IsTrue(string? header) => string.Equals(header, "true", StringComparison.OrdinalIgnoreCase);
}
