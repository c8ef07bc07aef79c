using System.Management.Automation;

namespace AgentFlow.Shell.Completing;

/// <summary>The children of a path, as items or as names.</summary>
public sealed class ChildItemStandIn : PSCmdlet
{
    /// <summary>A path without wildcards.</summary>
    [Parameter(Mandatory = true)]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Names only.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Name)
        {
            WriteObject(InvokeProvider.ChildItem.GetNames([LiteralPath], ReturnContainers.ReturnMatchingContainers, recurse: false, depth: 0, force: false, literalPath: true), enumerateCollection: true);
        }
        else
        {
            WriteObject(InvokeProvider.ChildItem.Get([LiteralPath], recurse: false, force: false, literalPath: true), enumerateCollection: true);
        }
    }
}
