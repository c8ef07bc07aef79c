using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;
using Microsoft.AspNetCore.Http.Features;

namespace AgentFlow.Sandbox.App;

/// <summary>The app's keyed fingerprints of its variables, as they were when the answering deployment was built.</summary>
internal sealed class FingerprintRoute
{
    public const string Path = "/api/ops/fingerprint";

    private const int Tolerance = 300;
    private const int PrintBytes = 16;

    private readonly SandboxState _sandbox;
    private readonly VercelPart _vercel;
    private readonly IssuedToken _key;

    public FingerprintRoute(SandboxState sandbox, VercelPart vercel)
    {
        (_sandbox, _vercel) = (sandbox, vercel);
        _key = sandbox.Tokens.Issue("app", "probe", string.Empty, 43);
    }

    /// <summary>Where the operator's copy of the key is.</summary>
    public string KeyFile => _key.File;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, async http =>
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        await Reply(http, body.ToArray()).SendAsync(http).ConfigureAwait(false);
    });

    private Answer Reply(HttpContext http, byte[] body)
    {
        string expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Derive("af-fp-req-v1"), body));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(http.Request.Headers["x-af-signature"].ToString())))
        {
            return new(StatusCodes.Status401Unauthorized);
        }

        JsonNode question = JsonNode.Parse(body)!;
        string nonce = question["nonce"]!.GetValue<string>();
        VercelDeployment? deployment = _vercel.Find(http.Features.GetRequiredFeature<SiteVisit>().DeploymentId);
        if (deployment is null || nonce.Length < 16 || Math.Abs(_sandbox.Time.GetUtcNow().ToUnixTimeSeconds() - question["ts"]!.GetValue<long>()) > Tolerance)
        {
            return new(StatusCodes.Status400BadRequest);
        }

        byte[] key = Derive("af-fp-v1");
        JsonArray prints = [.. question["names"]!.AsArray().Select(name => name!.GetValue<string>()).Where(deployment.Environment.ContainsKey).Select(name => Print(key, name, nonce, deployment.Environment[name]))];
        return Answer.Ok(new JsonObject { ["deploymentId"] = deployment.Id, ["region"] = "fra1", ["fingerprints"] = prints });
    }

    private static JsonObject Print(byte[] key, string name, string nonce, string value) => new()
    {
        ["name"] = name,
        ["fingerprint"] = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{name}\0{nonce}\0{value}")).AsSpan(0, PrintBytes)),
        ["edgeWhitespace"] = value.Trim() != value,
        ["lengthClass"] = value.Length switch { 0 => "0", < 16 => "1-15", < 32 => "16-31", < 64 => "32-63", _ => "64+" },
    };

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(_key.Value), 32, [], Encoding.UTF8.GetBytes(purpose));
}
