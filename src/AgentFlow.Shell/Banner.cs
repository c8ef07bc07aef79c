using System.Management.Automation;
using System.Reflection;

namespace AgentFlow.Shell;

/// <summary>The lines before the first prompt.</summary>
internal static class Banner
{
    /// <summary>What this is, what was imported, and where to go on.</summary>
    /// <param name="packed">There is a packed module.</param>
    /// <param name="module">The module; null when it is not imported.</param>
    public static IEnumerable<string> Lines(bool packed, PSModuleInfo? module)
    {
        yield return $"afsh {typeof(Banner).Assembly.GetName().Version?.ToString(3)}, PowerShell engine {EngineVersion} without Utility and Management; daily work belongs in pwsh";
        if (module is not null)
        {
            yield return $"Imported {module.Name} {module.Version} ({module.ExportedCommands.Count} commands) from {module.ModuleBase}";
            yield return "Start with: Get-Help about_AgentFlow";
        }
        else if (!packed)
        {
            yield return $"{ModuleLocator.ModuleName} is not packed yet: run ./build.ps1 Build";
        }

        yield return string.Empty;
    }

    // The assembly's own version stays the same over a minor version's life.
    private static string EngineVersion =>
        typeof(PSObject).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(' ', '+')[0] ?? string.Empty;
}
