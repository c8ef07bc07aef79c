using System.Diagnostics;
using System.Globalization;

namespace AgentFlow.Sandbox.Database;

/// <summary>An installed PostgreSQL server: the folder with <c>initdb</c> and <c>postgres</c>, and its major version.</summary>
public sealed record PostgresBinaries(string Folder, int Version)
{
    /// <summary>Names one folder to use instead of looking around; a folder without a server means that there is none.</summary>
    public const string Override = "AGENTFLOW_POSTGRES_BIN";

    private const int OldestVersion = 13;

    private static readonly string[] s_usualPlaces =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/usr/local/pgsql/bin",
        "/usr/libexec/postgresql*",
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        "/opt/local/lib/postgresql*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    /// <summary>What to tell somebody who has none.</summary>
    public static string HowToInstall => OperatingSystem.IsWindows() ? "winget install PostgreSQL.PostgreSQL.17"
        : OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : "apt-get install postgresql (or your distribution's postgresql-server package)";

    /// <summary>The newest server on this machine; null when there is none of version 13 or later.</summary>
    public static async Task<PostgresBinaries?> FindAsync(CancellationToken cancellationToken)
    {
        IEnumerable<string> folders = Environment.GetEnvironmentVariable(Override) is { Length: > 0 } named ? [named] : Candidates();
        PostgresBinaries? newest = null;
        foreach (string folder in folders.Distinct(StringComparer.Ordinal).Where(HasServer))
        {
            int? version = await ReadVersionAsync(folder, cancellationToken).ConfigureAwait(false);
            if (version >= OldestVersion && version > (newest?.Version ?? 0))
            {
                newest = new(folder, version.Value);
            }
        }

        return newest;
    }

    /// <summary>The full path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(Folder, Executable(name));

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static bool HasServer(string folder) => File.Exists(Path.Combine(folder, Executable("initdb"))) && File.Exists(Path.Combine(folder, Executable("postgres")));

    private static IEnumerable<string> Candidates()
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(OperatingSystem.IsWindows() ? WindowsPlaces() : s_usualPlaces.SelectMany(Expand));
    }

    private static IEnumerable<string> WindowsPlaces() =>
    [
        .. Expand(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")),
        .. Expand(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "scoop", "apps", "postgresql*", "current", "bin")),
    ];

    // One star in one segment is all that these places need.
    private static IEnumerable<string> Expand(string pattern)
    {
        string[] segments = pattern.Split('/', '\\');
        int star = Array.FindIndex(segments, segment => segment.Contains('*', StringComparison.Ordinal));
        if (star < 0)
        {
            return [pattern];
        }

        string parent = string.Join(Path.DirectorySeparatorChar, segments[..star]);
        string rest = string.Join(Path.DirectorySeparatorChar, segments[(star + 1)..]);
        return Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, segments[star]).Select(found => Path.Combine(found, rest)) : [];
    }

    private static async Task<int?> ReadVersionAsync(string folder, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(Path.Combine(folder, Executable("postgres")), "--version") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using Process process = Process.Start(start)!;
            // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", "postgres (PostgreSQL) 18beta2"
            string said = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            string digits = string.Concat(said.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
            return int.TryParse(digits, CultureInfo.InvariantCulture, out int version) ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Another architecture's, or not executable by this user.
            return null;
        }
    }
}
