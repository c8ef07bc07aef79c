namespace AgentFlow.TestKit.Contracts;

/// <summary>
/// What is known of a service beyond its published document, each with its source. Everything else that differs from the
/// document is a violation.
/// </summary>
public sealed record ContractNotes
{
    /// <summary>The error body that all operations share: names of members that must be there, as paths.</summary>
    public required IReadOnlyList<string> ErrorMembers { get; init; }

    /// <summary>Statuses that any operation may answer although the document does not list them.</summary>
    public required IReadOnlyList<int> CommonStatuses { get; init; }

    /// <summary>Query parameters that any operation takes.</summary>
    public IReadOnlyList<string> CommonQuery { get; init; } = [];

    /// <summary>Query parameters that single operations take: <c>GET /path</c> to names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExtraQuery { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Members of answers that the service is known to send and the document leaves out, by name.</summary>
    public IReadOnlyList<string> ExtraMembers { get; init; } = [];

    /// <summary>Operation to the schema of a later version that its answer may follow instead.</summary>
    public IReadOnlyDictionary<string, string> NewerResponses { get; init; } = new Dictionary<string, string>();

    /// <summary>Rewrites another way to the same operation into the documented one.</summary>
    public Func<string, string> Canonical { get; init; } = path => path;

    /// <summary>Whether the parameter at the end of a template may contain slashes.</summary>
    public Func<string, bool> LastTakesRest { get; init; } = _ => false;

    public static ContractNotes Vercel { get; } = new()
    {
        // vercel.com/docs/rest-api/errors: "These error codes are consistent for all endpoints."
        ErrorMembers = ["error.code", "error.message"],
        CommonStatuses = [400, 401, 403, 404, 409, 429, 500, 502, 503, 504],
        // vercel.com/docs/rest-api: "append ?teamId=[team ID] to the end of the URL" for any team resource.
        CommonQuery = ["teamId", "slug"],
        ExtraQuery = new Dictionary<string, IReadOnlyList<string>>
        {
            // Vercel's CLI, projects/get-project-by-id-or-name: asks for it while it polls a rollback.
            ["GET /v9/projects/{idOrName}"] = ["rollbackInfo"],
            // Vercel's CLI, util/logs: asks for one event per line.
            ["GET /v3/deployments/{idOrUrl}/events"] = ["format"],
        },
        NewerResponses = new Dictionary<string, string>
        {
            ["GET /v6/deployments"] = "GetDeploymentsResponseBody",
            ["GET /v7/deployments"] = "GetDeploymentsResponseBody",
            ["GET /v13/deployments/{idOrUrl}"] = "GetDeploymentResponseBody",
            ["POST /v13/deployments"] = "CreateDeploymentResponseBody",
            ["PATCH /v12/deployments/{id}/cancel"] = "CreateDeploymentResponseBody",
            ["GET /v3/deployments/{idOrUrl}/events"] = "GetDeploymentEventsResponseBody",
            ["GET /v1/projects/{projectId}/deployments/{deploymentId}/runtime-logs"] = "GetRuntimeLogsResponseBody",
            ["GET /v9/projects/{idOrName}"] = "GetProjectResponseBody",
            ["PATCH /v9/projects/{idOrName}"] = "GetProjectResponseBody",
            ["GET /v10/projects"] = "GetProjectsResponseBody",
            ["POST /v10/projects/{idOrName}/env"] = "CreateProjectEnvResponseBody",
            ["PATCH /v9/projects/{idOrName}/env/{id}"] = "EditProjectEnvResponseBody",
            ["GET /v10/projects/{idOrName}/env"] = "FilterProjectEnvsResponseBody",
            ["GET /v1/projects/{projectId}/promote/aliases"] = "ListPromoteAliasesResponseBody",
            ["GET /v2/deployments/{deploymentId}/check-runs"] = "ListDeploymentCheckRunsResponseBody",
        },
    };

    public static ContractNotes GitHub { get; } = new()
    {
        ErrorMembers = ["message", "documentation_url"],
        // docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
        CommonStatuses = [301, 307, 400, 401, 403, 404, 422, 429, 500, 502, 503],
        // GitHub's own Link headers name repositories by id; the document knows the way by owner and name only.
        Canonical = path =>
        {
            string[] parts = path.Split('/', 4);
            return parts.Length > 2 && parts[1] == "repositories" ? string.Join('/', ["", "repos", "by-id", parts[2], .. parts[3..]]) : path;
        },
        // The document marks these with x-multi-segment; the shortened copy has lost the mark.
        LastTakesRest = template => template.EndsWith("/{ref}", StringComparison.Ordinal) || template.EndsWith("/{branch}", StringComparison.Ordinal)
            || template.EndsWith("/{basehead}", StringComparison.Ordinal) || template.EndsWith("/{path}", StringComparison.Ordinal),
    };

    public static ContractNotes Stripe { get; } = new()
    {
        // docs.stripe.com/api/errors
        ErrorMembers = ["error.type", "error.message"],
        CommonStatuses = [400, 401, 402, 403, 404, 409, 429, 500, 502, 503, 504],
    };

    public static ContractNotes Supabase { get; } = new()
    {
        ErrorMembers = ["message"],
        CommonStatuses = [400, 401, 403, 404, 429, 500, 502, 503],
    };
}
