using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Iam;

/// <summary>IAM's access keys (Query protocol) with signatures that are checked and the limit of two keys a user.</summary>
internal sealed class IamPart(SandboxState sandbox, VercelPart vercel, IamState state) : ISandboxPart
{
    private const int MostKeys = 2;
    private const string Region = "eu-central-1";

    public string Name => "iam";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/", async http =>
    {
        FormCall call = await FormCall.ReadAsync(http).ConfigureAwait(false);
        int status;
        XElement body;
        lock (sandbox.Gate)
        {
            (status, body) = state.Signer(http.Request, call.Body) is { User: IamState.OperatorName } ? Act(call) : Refuse(403, "SignatureDoesNotMatch", "The request signature does not match");
        }

        await XmlAnswer.SendAsync(http, status, body).ConfigureAwait(false);
    });

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (sandbox.Gate)
        {
            // Whoever is connected holds the operator's key: it outlives a change of scenario, as the other providers' tokens do.
            IamKey? known = state.Keys.FirstOrDefault(key => key.User == IamState.OperatorName);
            state.Keys.Clear();
            DateTimeOffset before = sandbox.Time.GetUtcNow().AddDays(-90);
            state.Create(IamState.UserName, before, SeededValue.Production(vercel, "AWS_ACCESS_KEY_ID"), SeededValue.Production(vercel, "AWS_SECRET_ACCESS_KEY"));
            IamKey mailer = state.Create(IamState.SmtpName, before);
            SeededValue.Add(sandbox, vercel, "SMTP_USERNAME", mailer.Id, "encrypted");
            SeededValue.Add(sandbox, vercel, "SMTP_PASSWORD", IamState.SmtpPassword(mailer, Region), "sensitive");
            IamKey mine = state.Create(IamState.OperatorName, before, known?.Id, known?.Secret);
            sandbox.Folder.Write("aws-operator.token", $"{mine.Id}:{mine.Secret}");
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status) =>
        ("text/xml", XmlAnswer.Error(XmlAnswer.CodeOf(status), sandbox.Canary.In("injected")).ToString(SaveOptions.DisableFormatting));

    public void Configure(JsonObject config)
    {
        IamKey mine = state.Keys.Single(key => key.User == IamState.OperatorName);
        config["endpoints"]!["iam"] = $"{sandbox.Ports.MainOrigin}/iam";
        config["aws"] = new JsonObject { ["accountId"] = IamState.AccountId, ["key"] = $"file:{sandbox.Folder.Write("aws-operator.token", $"{mine.Id}:{mine.Secret}")}", ["region"] = Region };
    }

    private (int Status, XElement Body) Act(FormCall call)
    {
        string action = call.Field("Action") ?? string.Empty;
        string user = call.Field("UserName") ?? string.Empty;
        List<IamKey> keys = [.. state.Keys.Where(key => key.User == user)];
        IamKey? one = state.Keys.FirstOrDefault(key => key.Id == call.Field("AccessKeyId"));
        switch (action)
        {
            case "ListAccessKeys":
                return (200, XmlAnswer.Result(action, new XElement("IsTruncated", false), new XElement("AccessKeyMetadata", keys.Select(key => new XElement("member", Metadata(key))))));
            case "CreateAccessKey" when keys.Count >= MostKeys:
                return Refuse(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");
            case "CreateAccessKey":
                IamKey made = state.Create(user, sandbox.Time.GetUtcNow());
                made.RefusalsLeft = 1;
                return (200, XmlAnswer.Result(action, new XElement("AccessKey", [.. Metadata(made), new XElement("SecretAccessKey", made.Secret)])));
            case "UpdateAccessKey" when one is not null:
                one.Active = call.Field("Status") == "Active";
                return (200, XmlAnswer.Result(action));
            case "DeleteAccessKey" when one is not null:
                state.Keys.Remove(one);
                return (200, XmlAnswer.Result(action));
            case "GetAccessKeyLastUsed" when one is not null:
                return (200, XmlAnswer.Result(action, new XElement("UserName", one.User), new XElement("AccessKeyLastUsed", LastUsed(one))));
            case "UpdateAccessKey" or "DeleteAccessKey" or "GetAccessKeyLastUsed":
                return Refuse(404, "NoSuchEntity", "The Access Key cannot be found");
            default:
                return Refuse(400, "InvalidAction", "Could not find operation");
        }
    }

    private (int Status, XElement Body) Refuse(int status, string code, string message) => (status, XmlAnswer.Error(code, sandbox.Canary.In(message)));

    private static XElement[] Metadata(IamKey key) =>
    [
        new("UserName", key.User),
        new("AccessKeyId", key.Id),
        new("Status", key.Active ? "Active" : "Inactive"),
        new("CreateDate", Time(key.CreatedAt)),
    ];

    private static XElement[] LastUsed(IamKey key) => key.LastUsedAt is { } used
        ? [new("LastUsedDate", Time(used)), new("ServiceName", "ses"), new("Region", "eu-central-1")]
        : [new("ServiceName", "N/A"), new("Region", "N/A")];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
