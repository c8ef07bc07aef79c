using System.Xml.Linq;
using AgentFlow.Adapters.Http;
using AgentFlow.Deployments;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Aws;

/// <summary>STS GetCallerIdentity, which every credential may ask.</summary>
public sealed class AwsCallerIdentity(HttpClients clients, AfConfig config, Func<Secret>? key) : IIdentitySource
{
    private const string Version = "2011-06-15";
    private const string Region = "us-east-1";

    private static readonly Dictionary<string, string> s_none = [];

    private readonly ServiceEndpoint _endpoint = AwsEndpoints.Sts(config);

    /// <inheritdoc/>
    public string System => "AWS";

    /// <inheritdoc/>
    public async Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        TimeSpan? skew = null;
        AwsIdentity caller = await new AwsCredentialChain(config.Aws.Profile, key).ReadAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset sentAt = clients.Time.GetUtcNow();
        XElement answer = await new AwsCalls(clients, _endpoint, "sts", Region).QueryAsync(
            caller, Version, "GetCallerIdentity", s_none, repeatable: true, cancellationToken, headers => skew = ServerClock.Skew(headers, sentAt, clients.Time.GetUtcNow())).ConfigureAwait(false);
        string? account = Text(answer, "Account");
        string arn = Text(answer, "Arn") ?? throw HttpFaults.Malformed(_endpoint, "GetCallerIdentity", "no caller");
        bool root = arn.EndsWith(":root", StringComparison.Ordinal);
        return new()
        {
            System = System,
            Account = arn,
            AccountId = account,
            PinnedAccountId = config.Aws.AccountId,
            PinName = "aws.accountId",
            Scopes = root ? ["root"] : null,
            Excess = root ? ["everything: it is the account's root user (make a user or role for this work)"] : [],

            // Temporary credentials end within hours; a long-lived key carries no session token.
            NeverExpires = caller.SessionToken is null,
            ClockSkew = skew,
        };
    }

    private static string? Text(XElement root, string name) => root.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
}
