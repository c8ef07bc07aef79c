using System.Management.Automation;

namespace AgentFlow.Shell.Completing;

/// <summary>The items that a path with wildcards names: variables, environment variables, files.</summary>
public sealed class ItemStandIn : PSCmdlet
{
    /// <summary>The path.</summary>
    [Parameter(Mandatory = true)]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(InvokeProvider.Item.Get(Path), enumerateCollection: true);
}
