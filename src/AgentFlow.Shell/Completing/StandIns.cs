using System.Collections.Frozen;
using System.Management.Automation;

namespace AgentFlow.Shell.Completing;

/// <summary>
/// The engine's completion of members, paths and variables calls four cmdlets of the modules that are not here, by their full names and with few
/// parameters. While it completes, and only then, these small ones answer to the names.
/// </summary>
internal static class StandIns
{
    private static readonly FrozenDictionary<string, CmdletInfo> Commands = new Dictionary<string, CmdletInfo>
    {
        [@"Microsoft.PowerShell.Management\Get-ChildItem"] = new("Get-ChildItem", typeof(ChildItemStandIn)),
        [@"Microsoft.PowerShell.Management\Get-Item"] = new("Get-Item", typeof(ItemStandIn)),
        [@"Microsoft.PowerShell.Management\Resolve-Path"] = new("Resolve-Path", typeof(ResolvePathStandIn)),
        [@"Microsoft.PowerShell.Utility\Sort-Object"] = new("Sort-Object", typeof(SortStandIn)),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The engine's hook before a command is looked up.</summary>
    public static void OnLookup(object? sender, CommandLookupEventArgs lookup)
    {
        if (Commands.TryGetValue(lookup.CommandName, out CmdletInfo? command))
        {
            lookup.Command = command;
            lookup.StopSearch = true;
        }
    }
}
