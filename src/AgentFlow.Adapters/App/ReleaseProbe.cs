using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.App;

/// <summary>The running app: its routes as a visitor sees them, and its fingerprint route as its operators may ask it.</summary>
public sealed class ReleaseProbe(HttpClients clients, AfConfig config, Func<Secret>? probeKey, Func<Secret>? bypass) : IAppProbe
{
    private const int PrintBytes = 16;

    /// <inheritdoc/>
    public async Task<string?> FindUnhealthyAsync(Uri origin, CancellationToken cancellationToken)
    {
        HttpClient client = Client(origin);
        foreach (RouteExpectation route in config.Routes)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, route.Path.TrimStart('/'));
            Bypass(request);
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            if (Problem(origin, route, response) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<FingerprintReading?> CompareAsync(Uri origin, IReadOnlyDictionary<string, Secret> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (config.App.FingerprintPath is not { } path || probeKey is null)
        {
            return null;
        }

        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        JsonObject question = new()
        {
            ["names"] = new JsonArray([.. values.Keys.Select(name => JsonValue.Create(name))]),
            ["nonce"] = nonce,
            ["ts"] = clients.Time.GetUtcNow().ToUnixTimeSeconds(),
        };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(question, WireJson.Default.JsonNode);
        using HttpRequestMessage request = new(HttpMethod.Post, path.TrimStart('/')) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("x-af-signature", "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Key("af-fp-req-v1"), body)));
        request.Options.Set(RequestMarks.Repeatable, true);
        Bypass(request);
        using HttpResponseMessage response = await Client(origin).SendAsync(request, cancellationToken);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Unusable(origin, path, $"answered {(int)response.StatusCode}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return Read(document.RootElement, values, nonce);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Unusable(origin, path, "did not answer as documented");
        }
    }

    private FingerprintReading Read(JsonElement root, IReadOnlyDictionary<string, Secret> values, string nonce)
    {
        byte[] key = Key("af-fp-v1");
        Dictionary<string, JsonElement> answers = root.GetProperty("fingerprints").EnumerateArray().ToDictionary(item => item.GetProperty("name").GetString()!);
        List<string> missing = [];
        List<string> different = [];
        List<string> edges = [];
        foreach ((string name, Secret value) in values)
        {
            if (!answers.TryGetValue(name, out JsonElement item) || item.Text("fingerprint") is not { } answered)
            {
                missing.Add(name);
                continue;
            }

            byte[] expected = value.Use(bytes =>
            {
                byte[] message = [.. Encoding.UTF8.GetBytes(name), 0, .. Encoding.UTF8.GetBytes(nonce), 0, .. bytes];
                byte[] print = HMACSHA256.HashData(key, message);
                CryptographicOperations.ZeroMemory(message);
                return print;
            });
            if (!CryptographicOperations.FixedTimeEquals(Convert.FromHexString(answered), expected.AsSpan(0, PrintBytes)))
            {
                different.Add(name);
            }

            if (item.Flag("edgeWhitespace") == true)
            {
                edges.Add(name);
            }
        }

        return new() { DeploymentId = root.Text("deploymentId"), Missing = missing, Different = different, EdgeWhitespace = edges };
    }

    private byte[] Key(string purpose) => probeKey!().Use(bytes =>
    {
        byte[] derived = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, derived, salt: [], info: Encoding.UTF8.GetBytes(purpose));
        return derived;
    });

    private static string? Problem(Uri origin, RouteExpectation route, HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (route.RedirectTo is { } expected)
        {
            Uri? target = response.Headers.Location is { } location ? new Uri(origin, location) : null;
            return status is >= 300 and < 400 && target?.AbsolutePath == expected && target.Host == origin.Host
                ? null
                : $"{origin.Host}{route.Path} answers {status} and does not redirect to {expected}.";
        }

        return status == route.Status ? null : $"{origin.Host}{route.Path} answers {status}, not {route.Status}.";
    }

    private HttpClient Client(Uri origin) => clients.Create(new() { System = "The app", BaseAddress = new(origin.GetLeftPart(UriPartial.Authority) + "/"), AnswersAreData = true });

    // Deployments on their own address are usually behind the platform's protection.
    private void Bypass(HttpRequestMessage request)
    {
        if (bypass is not null)
        {
            request.Headers.TryAddWithoutValidation("x-vercel-protection-bypass", bypass().Reveal());
        }
    }

    private static AfFaultException Unusable(Uri origin, string path, string what) => new(
        FaultKind.InvalidState,
        FaultId.RotationProofFailed,
        $"The fingerprint route {origin.Host}{path} {what}.",
        "Compare the route with about_AgentFlow_Rotation, and app.probeKey with the key that the app has.",
        origin.ToString());
}
