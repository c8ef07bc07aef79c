using System.Globalization;
using System.Xml.Linq;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Aws;

/// <summary>IAM's Query API for access keys and STS for who answers to one, after the published service models.</summary>
public sealed class IamAccessKeys : IAccessKeys
{
    private const string IamVersion = "2010-05-08";
    private const string StsVersion = "2011-06-15";
    private const string GlobalRegion = "us-east-1";

    private static readonly Dictionary<string, string> s_none = [];

    private readonly AwsCalls _iam;
    private readonly AwsCalls _sts;
    private readonly AwsCredentialChain _caller;
    private readonly ServiceEndpoint _iamEndpoint;

    /// <param name="clients">The chain.</param>
    /// <param name="iam">IAM.</param>
    /// <param name="sts">STS.</param>
    /// <param name="profile">A named profile; null uses the default chain.</param>
    /// <param name="key"><c>ACCESS_KEY_ID:SECRET</c> in place of the chain.</param>
    public IamAccessKeys(HttpClients clients, ServiceEndpoint iam, ServiceEndpoint sts, string? profile, Func<Secret>? key)
    {
        _iamEndpoint = iam;
        _iam = new(clients, iam, "iam", GlobalRegion);
        _sts = new(clients, sts, "sts", GlobalRegion);
        _caller = new(profile, key);
    }

    /// <inheritdoc/>
    public async Task<string> ReadCallerAccountAsync(CancellationToken cancellationToken) => await AccountAsync(await _caller.ReadAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(string userName, CancellationToken cancellationToken)
    {
        XElement answer = await IamAsync("ListAccessKeys", new() { ["UserName"] = userName, ["MaxItems"] = "100" }, true, cancellationToken);
        return Read<IReadOnlyList<AccessKey>>("ListAccessKeys", () => [.. All(answer, "member").Select(member => new AccessKey
        {
            Id = Text(member, "AccessKeyId"),
            Active = Text(member, "Status") == "Active",
            CreatedAt = DateTimeOffset.Parse(Text(member, "CreateDate"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        })]);
    }

    /// <inheritdoc/>
    public async Task<(string Id, Secret Secret)> CreateAsync(string userName, CancellationToken cancellationToken)
    {
        XElement answer = await IamAsync("CreateAccessKey", new() { ["UserName"] = userName }, false, cancellationToken);
        return Read("CreateAccessKey", () => (Text(answer, "AccessKeyId"), Secret.FromChars(Text(answer, "SecretAccessKey"))));
    }

    /// <inheritdoc/>
    public Task SetActiveAsync(string userName, string id, bool active, CancellationToken cancellationToken) => IamAsync(
        "UpdateAccessKey", new() { ["UserName"] = userName, ["AccessKeyId"] = id, ["Status"] = active ? "Active" : "Inactive" }, true, cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(string userName, string id, CancellationToken cancellationToken)
    {
        try
        {
            await IamAsync("DeleteAccessKey", new() { ["UserName"] = userName, ["AccessKeyId"] = id }, true, cancellationToken);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return;
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> ReadLastUsedAsync(string id, CancellationToken cancellationToken)
    {
        XElement answer = await IamAsync("GetAccessKeyLastUsed", new() { ["AccessKeyId"] = id }, true, cancellationToken);
        return All(answer, "LastUsedDate").FirstOrDefault()?.Value is { } date && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset used)
            ? used
            : null;
    }

    /// <inheritdoc/>
    public async Task<string?> TryAsync(string id, Secret secret, CancellationToken cancellationToken)
    {
        try
        {
            return await AccountAsync(new(id, secret, null), cancellationToken);
        }
        catch (AfFaultException fault) when (fault.Kind is FaultKind.Authentication or FaultKind.Permission or FaultKind.InvalidArgument)
        {
            // InvalidClientTokenId, SignatureDoesNotMatch: not accepted, or not yet.
            return null;
        }
    }

    private async Task<string> AccountAsync(AwsIdentity identity, CancellationToken cancellationToken)
    {
        XElement answer = await _sts.QueryAsync(identity, StsVersion, "GetCallerIdentity", s_none, true, cancellationToken);
        return Read("GetCallerIdentity", () => Text(answer, "Account"));
    }

    private async Task<XElement> IamAsync(string action, Dictionary<string, string> parameters, bool repeatable, CancellationToken cancellationToken) =>
        await _iam.QueryAsync(await _caller.ReadAsync(cancellationToken), IamVersion, action, parameters, repeatable, cancellationToken);

    private T Read<T>(string action, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw HttpFaults.Malformed(_iamEndpoint, action, "something other than the documented XML");
        }
    }

    private static IEnumerable<XElement> All(XElement root, string name) => root.Descendants().Where(element => element.Name.LocalName == name);

    private static string Text(XElement root, string name) => All(root, name).First().Value;
}
