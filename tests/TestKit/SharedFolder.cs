namespace AgentFlow.TestKit;

/// <summary>Finds the folder with published contracts and corpora that stands beside the repository; tests skip where it is absent.</summary>
public static class SharedFolder
{
    /// <summary>Why a test is skipped when <see cref="Path"/> is null.</summary>
    public const string Reason = "The shared folder (contracts, corpora) is not beside this repository; set AGENTFLOW_SHARED to its path.";

    /// <summary>The folder, or null.</summary>
    public static string? Path { get; } = Find();

    /// <summary>The full path of a file below it; meaningful only when <see cref="Path"/> is not null.</summary>
    public static string File(params string[] parts) => System.IO.Path.Combine([Path ?? string.Empty, .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("AGENTFLOW_SHARED") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared", "contracts");
            if (Directory.Exists(candidate))
            {
                return System.IO.Path.GetDirectoryName(candidate);
            }
        }

        return null;
    }
}
