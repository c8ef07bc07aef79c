using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Faults;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Tracing;

/// <summary>Adds claims to a caller, for applications whose tenant comes with the token.</summary>
internal static class CallerClaims
{
    private const string Setting = "request.jwt.claims";

    /// <summary>The actor with these claims over its own; objects are merged one level deep, so that app_metadata keeps its other members.</summary>
    /// <exception cref="AfFaultException">AfInputInvalid.</exception>
    public static RlsActor Add(RlsActor actor, string claims)
    {
        JsonObject own = (JsonObject)JsonNode.Parse(actor.Settings[Setting])!;
        foreach ((string name, JsonNode? value) in Read(claims))
        {
            if (value is JsonObject more && own[name] is JsonObject known)
            {
                foreach ((string inner, JsonNode? one) in more)
                {
                    known[inner] = one?.DeepClone();
                }
            }
            else
            {
                own[name] = value?.DeepClone();
            }
        }

        return actor with { Settings = new Dictionary<string, string>(actor.Settings, StringComparer.Ordinal) { [Setting] = own.ToJsonString() } };
    }

    private static JsonObject Read(string claims)
    {
        try
        {
            return JsonNode.Parse(claims) as JsonObject ?? throw Invalid();
        }
        catch (JsonException)
        {
            throw Invalid();
        }
    }

    private static AfFaultException Invalid() => new(FaultKind.InvalidArgument, FaultId.InputInvalid, "The claims are not one JSON object.", "Give a hashtable such as @{ app_metadata = @{ tenant_id = '...' } }.");
}
