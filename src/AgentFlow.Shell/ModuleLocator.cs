namespace AgentFlow.Shell;

/// <summary>Finds the packed module: the nearest folder upwards that has, or can build, <c>artifacts/AgentFlow.PS</c>.</summary>
internal static class ModuleLocator
{
    /// <summary>The module's name, and that of its folder.</summary>
    public const string ModuleName = "AgentFlow.PS";

    private const string ManifestName = ModuleName + ".psd1";

    /// <summary>The <c>artifacts</c> folder of the repository the shell was built in, else of the one around the current folder; null when there is none.</summary>
    public static string? FindModuleFolder(string programFolder, string currentFolder) => FindAbove(programFolder) ?? FindAbove(currentFolder);

    /// <summary>The packed module's manifest; null when nothing is packed yet.</summary>
    public static string? FindManifest(string? moduleFolder)
    {
        string? manifest = moduleFolder is null ? null : Path.Combine(moduleFolder, ModuleName, ManifestName);
        return File.Exists(manifest) ? manifest : null;
    }

    private static string? FindAbove(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string artifacts = Path.Combine(folder.FullName, "artifacts");
            if (File.Exists(Path.Combine(artifacts, ModuleName, ManifestName)) || File.Exists(Path.Combine(folder.FullName, "module", ManifestName)))
            {
                return artifacts;
            }
        }

        return null;
    }
}
