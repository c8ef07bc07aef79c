using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Lists the variables that Vercel holds for the pinned project: names and metadata. No call of this module reads a value.</summary>
/// <example><code>Get-AfEnvVariable -Target production</code>What production builds see.</example>
/// <example><code>Get-AfEnvVariable STRIPE_*, SUPABASE_* | Where-Object Kind -eq plain</code>Credentials that are stored as plain text.</example>
[Cmdlet(VerbsCommon.Get, "AfEnvVariable")]
[OutputType(typeof(EnvVariable))]
public sealed class GetAfEnvVariableCommand : AfContextCmdlet
{
    /// <summary>Names, with wildcards; all by default.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EnvNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only variables of this target.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string? Target { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        string project = new DeploymentSelector(context.Config, context.Composition.Deployments).ProjectId;
        WildcardPattern[] patterns = [.. Name.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        Task<IReadOnlyList<EnvVariable>> own = context.Composition.Variables.ListAsync(project, cancellationToken);
        Task<IReadOnlyList<EnvVariable>> shared = context.Composition.Variables.ListSharedAsync(project, cancellationToken);
        foreach (EnvVariable variable in (await own.ConfigureAwait(false)).Concat(await shared.ConfigureAwait(false)).OrderBy(variable => variable.Name, StringComparer.Ordinal))
        {
            if (patterns.Any(pattern => pattern.IsMatch(variable.Name)) && (Target is null || variable.Targets.Contains(Target, StringComparer.OrdinalIgnoreCase)))
            {
                Memory.Seen.Add(EnvNameCompleter.Kind, variable.Name, $"{variable.Kind}: {string.Join(", ", variable.Targets)}");
                await sink.WriteAsync(variable, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
