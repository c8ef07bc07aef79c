namespace AgentFlow.TestKit;

/// <summary>The module as build.ps1 packed it: what the tests import is what users get.</summary>
public static class PackedModule
{
    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The module's folder; AGENTFLOW_MODULE names another one.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("AGENTFLOW_MODULE") is { Length: > 0 } named
        ? named
        : Path.Combine(Repository, "artifacts", "AgentFlow.PS");

    /// <summary>The manifest to import.</summary>
    public static string Manifest => Path.Combine(Folder, "AgentFlow.PS.psd1");

    private static string FindRepository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AgentFlow.PS.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
