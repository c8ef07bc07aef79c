using System.Text.Json.Nodes;
using System.Xml.Linq;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Iam;

/// <summary>STS GetCallerIdentity: who signed this?</summary>
internal sealed class StsPart(SandboxState sandbox, IamState state) : ISandboxPart
{
    public string Name => "sts";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/", async http =>
    {
        FormCall call = await FormCall.ReadAsync(http).ConfigureAwait(false);
        IamKey? signer;
        lock (sandbox.Gate)
        {
            signer = state.Signer(http.Request, call.Body);
            if (signer is { RefusalsLeft: > 0 })
            {
                signer.RefusalsLeft--;
                signer = null;
            }
        }

        await (signer is null
            ? XmlAnswer.SendAsync(http, 403, XmlAnswer.Error("InvalidClientTokenId", sandbox.Canary.In("The security token included in the request is invalid")))
            : XmlAnswer.SendAsync(http, 200, XmlAnswer.Result(
                "GetCallerIdentity",
                new XElement("Arn", $"arn:aws:iam::{IamState.AccountId}:user/{signer.User}"),
                new XElement("UserId", "AIDASANDBOX"),
                new XElement("Account", IamState.AccountId)))).ConfigureAwait(false);
    });

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public (string ContentType, string Body)? ErrorBody(int status) => ("text/xml", XmlAnswer.Error(XmlAnswer.CodeOf(status), sandbox.Canary.In("injected")).ToString(SaveOptions.DisableFormatting));

    public void Configure(JsonObject config) => config["endpoints"]!["sts"] = $"{sandbox.Ports.MainOrigin}/sts";
}
