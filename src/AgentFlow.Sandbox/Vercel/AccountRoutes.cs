using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Who the token belongs to and what it may do.</summary>
internal sealed class AccountRoutes(SandboxState sandbox, VercelErrors errors)
{
    private const string TokenId = "5d9f2ebd38ddca62e5d51e9c1704c72530bdc8bfdd41e782a6687c48399e8391";
    private const long Day = 86_400_000;

    public void Map(ProviderRoutes routes)
    {
        routes.On("GET", "/v2/user", _ => Answer.Ok(new JsonObject { ["user"] = User() }));
        routes.On("GET", "/v5/user/tokens", _ => Answer.Ok(new JsonObject { ["tokens"] = new JsonArray(Token()), ["pagination"] = VercelPage.Json(1, null, null) }));
        routes.On("GET", "/v5/user/tokens/{tokenId}", call => call.Path("tokenId") is "current" or TokenId ? Answer.Ok(new JsonObject { ["token"] = Token() }) : errors.NotFound("Token"));
        routes.On("GET", "/v2/teams", _ => Answer.Ok(new JsonObject { ["teams"] = new JsonArray(Team()), ["pagination"] = VercelPage.Json(1, null, null) }));
        routes.On("GET", "/v2/teams/{teamId}", call => call.Path("teamId") is VercelState.TeamId or VercelState.TeamSlug ? Answer.Ok(Team()) : errors.Forbidden("Not authorized"));
    }

    private JsonObject User() => new()
    {
        ["id"] = VercelState.UserId,
        ["email"] = "operator@agentflow.invalid",
        ["name"] = sandbox.Canary.In("Ada Operator"),
        ["username"] = "ada-operator",
        ["avatar"] = null,
        ["defaultTeamId"] = VercelState.TeamId,
        ["limited"] = true,
    };

    private JsonObject Token()
    {
        long now = sandbox.NowMilliseconds;
        bool isBroad = sandbox.Has(Trait.BroadToken);
        JsonObject scope = isBroad
            ? new() { ["type"] = "user", ["origin"] = "manual", ["createdAt"] = now - (30 * Day) }
            : new() { ["type"] = "team", ["teamId"] = VercelState.TeamId, ["origin"] = "manual", ["createdAt"] = now - (30 * Day), ["expiresAt"] = now + (60 * Day) };
        JsonObject token = new()
        {
            ["id"] = TokenId,
            ["name"] = sandbox.Canary.In("agentflow operator"),
            ["type"] = "token",
            ["origin"] = "manual",
            ["scopes"] = new JsonArray(scope),
            ["activeAt"] = now,
            ["createdAt"] = now - (30 * Day),
        };
        if (!isBroad)
        {
            token["expiresAt"] = now + (60 * Day);
        }

        return token;
    }

    private JsonObject Team()
    {
        long created = sandbox.NowMilliseconds - (500 * Day);
        return new()
        {
            ["id"] = VercelState.TeamId,
            ["slug"] = VercelState.TeamSlug,
            ["name"] = sandbox.Canary.In("AgentFlow Example"),
            ["creatorId"] = VercelState.UserId,
            ["createdAt"] = created,
            ["updatedAt"] = created,
            ["description"] = null,
            ["stagingPrefix"] = VercelState.TeamSlug,
            ["avatar"] = null,
            ["membership"] = new JsonObject
            {
                ["confirmed"] = true,
                ["role"] = sandbox.Has(Trait.BroadToken) ? "OWNER" : "MEMBER",
                ["createdAt"] = created,
                ["created"] = created,
                ["uid"] = VercelState.UserId,
                ["teamId"] = VercelState.TeamId,
            },
        };
    }
}
