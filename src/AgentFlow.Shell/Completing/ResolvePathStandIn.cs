using System.Management.Automation;

namespace AgentFlow.Shell.Completing;

/// <summary>The paths that a path with wildcards names.</summary>
public sealed class ResolvePathStandIn : PSCmdlet
{
    /// <summary>The path.</summary>
    [Parameter(Mandatory = true)]
    public string Path { get; set; } = string.Empty;

    /// <summary>A relative path starts here; without it, in the current location.</summary>
    [Parameter]
    public string? RelativeBasePath { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = RelativeBasePath is null ? Path : SessionState.Path.Combine(RelativeBasePath, Path);
        WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(path), enumerateCollection: true);
    }
}
