using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.App.Database;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.App.Leads;

/// <summary>The app's lead intake: a bearer key per tenant, validation, idempotency keys, work in the background.</summary>
internal sealed class LeadRoutes(SandboxState sandbox, AppDatabase database)
{
    private const int LongestField = 400;

    private readonly LeadWork _work = new(sandbox);
    private readonly Dictionary<string, Remembered> _answers = new(StringComparer.Ordinal);
    private readonly PostgresLeads _postgres = new(database);
    private MemoryLeads _memory = new();

    /// <summary>The test tenant's key.</summary>
    public IssuedToken Key { get; } = sandbox.Tokens.Issue("app", "lead", "afl_", 32);

    public void Reset()
    {
        _work.Reset();
        _memory = new();
        lock (sandbox.Gate)
        {
            _answers.Clear();
        }
    }

    public async Task TakeAsync(HttpContext http, VercelDeployment deployment)
    {
        if (sandbox.Has(Trait.LeadRefused))
        {
            await Error(StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong").SendAsync(http).ConfigureAwait(false);
            return;
        }

        if (sandbox.Tokens.Find("app", http.Request.Headers.Authorization) is null)
        {
            await Error(StatusCodes.Status401Unauthorized, "unauthorized", "A valid API key is needed").SendAsync(http).ConfigureAwait(false);
            return;
        }

        byte[] body = await ReadAsync(http).ConfigureAwait(false);
        Answer answer = Validate(body) is var (lead, problem) && lead is not null
            ? await AcceptAsync(http, deployment, lead, body).ConfigureAwait(false)
            : problem!;
        await answer.SendAsync(http).ConfigureAwait(false);
    }

    private async Task<Answer> AcceptAsync(HttpContext http, VercelDeployment deployment, NewLead lead, byte[] body)
    {
        string? key = http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } sent && !sandbox.Has(Trait.RepeatedLead) ? $"{deployment.ProjectId} {sent}" : null;
        string hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (key is not null)
        {
            Remembered mine = new(hash);
            Remembered kept;
            lock (sandbox.Gate)
            {
                kept = _answers.TryGetValue(key, out Remembered? earlier) ? earlier : _answers[key] = mine;
            }

            if (kept != mine)
            {
                return kept.Hash != hash
                    ? Error(StatusCodes.Status409Conflict, "idempotency_key_reused", "The key was used with another body")
                    : new(StatusCodes.Status200OK, JsonNode.Parse(await kept.Body.Task.WaitAsync(http.RequestAborted).ConfigureAwait(false))) { Headers = [new("Idempotency-Replayed", "true")] };
            }
        }

        try
        {
            // What was accepted is done, also when the client has gone away.
            string answer = await StoreAsync(deployment, lead).ConfigureAwait(false);
            Find(key)?.Body.TrySetResult(answer);
            return new(StatusCodes.Status201Created, JsonNode.Parse(answer));
        }
        catch
        {
            Forget(key);
            throw;
        }
    }

    private async Task<string> StoreAsync(VercelDeployment deployment, NewLead lead)
    {
        ILeadTables tables = deployment.Target == "production" || !database.IsAvailable ? _memory : _postgres;
        Guid id = await tables.InsertAsync(sandbox.Has(Trait.LeadInOtherTenant) ? lead with { OrganizationId = AppFixture.OtherOrganizationId } : lead, CancellationToken.None).ConfigureAwait(false);
        _work.Start(tables, id);
        return new JsonObject { ["id"] = id.ToString(), ["status"] = "new", ["organization_id"] = lead.OrganizationId, ["note"] = sandbox.Canary.In("accepted") }.ToJsonString();
    }

    private Remembered? Find(string? key)
    {
        lock (sandbox.Gate)
        {
            return key is null ? null : _answers.GetValueOrDefault(key);
        }
    }

    private void Forget(string? key)
    {
        lock (sandbox.Gate)
        {
            if (key is not null && _answers.Remove(key, out Remembered? dropped))
            {
                dropped.Body.TrySetCanceled();
            }
        }
    }

    private (NewLead? Lead, Answer? Problem) Validate(byte[] body)
    {
        JsonObject? given;
        try
        {
            given = JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            given = null;
        }

        if (given is null)
        {
            return (null, Error(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object"));
        }

        List<string> wrong = [];
        string? Field(string name, bool isRequired)
        {
            string? value = given[name] is JsonValue one && one.TryGetValue(out string? text) ? text : null;
            if ((isRequired && string.IsNullOrWhiteSpace(value)) || value?.Length > LongestField)
            {
                wrong.Add(name);
            }

            return value;
        }

        string? email = Field("email", true);
        NewLead lead = new(AppFixture.OrganizationId, Field("name", true)!, email!, Field("company", false), Field("message", false), Field("source", false), Field("correlation_id", false));
        if (email is not null && (email.Count(c => c == '@') != 1 || email.StartsWith('@') || email.EndsWith('@')))
        {
            wrong.Add("email");
        }

        return wrong.Count == 0
            ? (lead, null)
            : (null, Error(StatusCodes.Status422UnprocessableEntity, "validation_failed", $"Invalid: {string.Join(", ", wrong.Distinct())}"));
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using MemoryStream buffer = new();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted).ConfigureAwait(false);
        return buffer.ToArray();
    }

    private Answer Error(int status, string code, string message) => new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = sandbox.Canary.In(message) } });

    private sealed class Remembered(string hash)
    {
        public string Hash { get; } = hash;

        public TaskCompletionSource<string> Body { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
