using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>The one place on disk that the sandbox writes to: readable by its user alone, deleted when it ends.</summary>
internal sealed class StateFolder : IDisposable
{
    private const string Prefix = "agentflow-sandbox-";
    private const string OwnerFile = "owner";

    public StateFolder(string? path)
    {
        Path = path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
        if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            throw new ArgumentException($"The state folder '{Path}' is not empty; it would be deleted at the end. Name a new one.");
        }

        if (OperatingSystem.IsWindows())
        {
            // The user's own temporary folder is private by inheritance there.
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Write(OwnerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    public string Path { get; }

    /// <summary>Writes a file that only this user can read and gives its full path.</summary>
    public string Write(string name, string content)
    {
        string file = System.IO.Path.Combine(Path, name);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter writer = new(file, options);
        writer.Write(content);
        return file;
    }

    /// <summary>Deletes what sandboxes that were killed outright have left in the temporary folder.</summary>
    public static void SweepStale()
    {
        foreach (string folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                string owner = System.IO.Path.Combine(folder, OwnerFile);
                if (File.Exists(owner) && int.TryParse(File.ReadAllText(owner), CultureInfo.InvariantCulture, out int id) && !IsAlive(id))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another user's, or being deleted by another sandbox at this moment.
            }
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
