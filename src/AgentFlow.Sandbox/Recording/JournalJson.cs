using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentFlow.Sandbox.Recording;

/// <summary>The journal as <c>GET /control/requests</c> sends it. Bodies are base64, so that broken ones survive.</summary>
internal static class JournalJson
{
    public static JsonObject Write(IReadOnlyList<RequestRecord> records) => new()
    {
        ["writes"] = records.Count(record => record.IsWrite),
        ["requests"] = new JsonArray([.. records.Select(Write)]),
    };

    private static JsonObject Write(RequestRecord record) => new()
    {
        ["number"] = record.Number,
        ["at"] = record.At,
        ["provider"] = record.Provider,
        ["method"] = record.Method,
        ["port"] = record.Port,
        ["path"] = record.Path,
        ["query"] = record.Query,
        ["isWrite"] = record.IsWrite,
        ["requestHeaders"] = Headers(record.RequestHeaders),
        ["requestContentType"] = record.RequestContentType,
        ["requestBodySha256"] = record.RequestBody.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(record.RequestBody)),
        ["requestBody"] = Convert.ToBase64String(record.RequestBody),
        ["status"] = record.Status,
        ["responseHeaders"] = Headers(record.ResponseHeaders),
        ["responseContentType"] = record.ResponseContentType,
        ["responseBody"] = Convert.ToBase64String(record.ResponseBody),
        ["responseLength"] = record.ResponseLength,
        ["responseIsCut"] = record.ResponseIsCut,
        ["faults"] = new JsonArray([.. record.Faults.Select(kind => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())))]),
    };

    private static JsonObject Headers(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        JsonObject json = [];
        foreach ((string name, string value) in headers)
        {
            json[name] = value;
        }

        return json;
    }
}
