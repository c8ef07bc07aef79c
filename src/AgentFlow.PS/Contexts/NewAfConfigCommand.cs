using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Configuration;
using AgentFlow.Contexts;
using AgentFlow.Faults;
using AgentFlow.Operator;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Contexts;

/// <summary>Writes an agentflow.json for one Vercel project: discovers and pins the ids that the credentials can see.</summary>
/// <remarks>
/// <para>Vercel gives the project id, its domains, its repository and the names of its variables, which become the required names per target; GitHub confirms the repository id. What a credential cannot see is left out and said in a warning.</para>
/// <para>The file holds references to credentials and never a secret. Without a context the references are env:VERCEL_TOKEN and env:GITHUB_TOKEN; with one, the context's credentials and references are used.</para>
/// </remarks>
/// <example><code>New-AfConfig -Project (Get-AfContext).ProjectId -Path ./agentflow.new.json</code>Pins what the connected credentials can see.</example>
/// <example><code>New-AfConfig -Project agentflow -Path ./agentflow.json -WhatIf</code>Makes all discoveries and writes nothing.</example>
[Cmdlet(VerbsCommon.New, "AfConfig", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AfConfig))]
public sealed class NewAfConfigCommand : AfContextCmdlet
{
    /// <summary>Vercel project, by id (prj_...) or name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Project { get; set; } = string.Empty;

    /// <summary>Vercel team id (team_...); leave it out for a personal account or with a context.</summary>
    [Parameter]
    public string? TeamId { get; set; }

    /// <summary>Where to write; ./agentflow.json by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ConfigFile.FileName;

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        string path = await AskPipelineAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path), cancellationToken).ConfigureAwait(false);
        if (File.Exists(path) && !Force)
        {
            throw new AfFaultException(FaultKind.Conflict, FaultId.ConfigExists, $"The file '{path}' exists already.", "Give another -Path, or -Force to replace it.", path);
        }

        AfContext context = Context ?? Memory.Context ?? Bare();
        ConfigDiscovery discovery = new(context.Config, context.Composition.Deployments, context.Composition.Variables, context.Composition.Repositories);
        ConfigDiscovery.Result found = await discovery.RunAsync(Project, cancellationToken).ConfigureAwait(false);
        foreach (string gap in found.Gaps)
        {
            await sink.WarnAsync(gap, cancellationToken).ConfigureAwait(false);
        }

        if (await sink.ShouldProcessAsync(path, "Write the config", cancellationToken).ConfigureAwait(false))
        {
            await File.WriteAllTextAsync(path, ConfigFile.Write(found.Config), cancellationToken).ConfigureAwait(false);
        }

        await sink.WriteAsync(found.Config, cancellationToken).ConfigureAwait(false);
    }

    private AfContext Bare()
    {
        AfConfig config = new() { Name = Project, Vercel = new() { TeamId = TeamId } };
        ContextSecrets secrets = new(new SecretResolver(), Memory.Redaction);
        secrets.Read(ContextSecrets.VercelToken, config.Vercel.Token);
        secrets.Read(ContextSecrets.GitHubToken, config.GitHub.Token);
        return new(config, configPath: null, new(config, secrets, Time));
    }
}
