using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>An environment variable as Vercel sends it.</summary>
internal static class VariableJson
{
    /// <param name="variable">What to write.</param>
    /// <param name="canary">Planted into the free texts.</param>
    /// <param name="decrypt">Whether an encrypted value is sent in the clear; a sensitive one never is.</param>
    public static JsonObject Write(VercelVariable variable, Canary canary, bool decrypt)
    {
        JsonObject json = new()
        {
            ["id"] = variable.Id,
            ["key"] = variable.Key,
            ["value"] = Value(variable, decrypt),
            ["type"] = variable.Type,
            ["target"] = new JsonArray([.. variable.Targets.Select(target => JsonValue.Create(target))]),
            ["configurationId"] = null,
            ["createdAt"] = variable.CreatedAt,
            ["updatedAt"] = variable.UpdatedAt,
            ["createdBy"] = VercelState.UserId,
            ["updatedBy"] = null,
            ["comment"] = canary.In(variable.Comment ?? string.Empty),
            ["customEnvironmentIds"] = new JsonArray(),
            ["decrypted"] = decrypt && variable.Type == "encrypted",
        };
        if (variable.Branch is not null)
        {
            json["gitBranch"] = variable.Branch;
        }

        return json;
    }

    private static string Value(VercelVariable variable, bool decrypt) => variable.Type switch
    {
        "sensitive" => string.Empty,
        "encrypted" or "secret" when !decrypt => Ciphertext(variable),
        _ => variable.Value,
    };

    // Looks like the envelope that Vercel sends; it holds nothing that could be opened.
    private static string Ciphertext(VercelVariable variable) => Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"v":"v2","c":"{{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(variable.Id + variable.UpdatedAt)))}}"}"""));
}
