using System.Management.Automation;
using System.Reflection;

namespace AgentFlow.Shell;

/// <summary>The lines before the first prompt.</summary>
internal static class Banner
{
    /// <summary>What this is, what was imported, and where to go on.</summary>
    /// <param name="module">The imported module; null when there is none.</param>
    /// <param name="moduleFolder">Where it is looked for; null when there is no such place.</param>
    public static IEnumerable<string> Lines((Version Version, int Commands)? module, string? moduleFolder)
    {
        yield return $"afsh {typeof(Banner).Assembly.GetName().Version?.ToString(3)}, PowerShell engine {EngineVersion} without Utility and Management; daily work belongs in pwsh";
        yield return module is var (version, commands)
            ? $"Imported {ModuleLocator.ModuleName} {version} with {commands} commands from {Path.Combine(moduleFolder!, ModuleLocator.ModuleName)}. Start with: Get-Help about_AgentFlow"
            : $"{ModuleLocator.ModuleName} is not packed yet: run ./build.ps1 Build";
        yield return string.Empty;
    }

    // The assembly's own version stays the same over a minor version's life.
    private static string EngineVersion =>
        typeof(PSObject).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(' ', '+')[0] ?? string.Empty;
}
