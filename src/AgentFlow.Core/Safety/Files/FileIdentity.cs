namespace AgentFlow.Safety.Files;

/// <summary>Whether two paths lead to one file, also over links and in another case.</summary>
internal static class FileIdentity
{
    /// <summary>True when they do. Paths are full; the first exists.</summary>
    public static bool IsSame(string first, string second)
    {
        StringComparison comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (string.Equals(Resolve(first), Resolve(second), comparison))
        {
            return true;
        }

        return File.Exists(second) && LocksTogether(first, second);
    }

    // Hard links, mounts and case folding have no name to compare; a lock is on the file itself.
    private static bool LocksTogether(string first, string second)
    {
        try
        {
            using FileStream held = new(first, FileMode.Open, FileAccess.Read, FileShare.Read);
            try
            {
                using FileStream other = new(second, FileMode.Open, FileAccess.Read, FileShare.None);
                return false;
            }
            catch (IOException)
            {
                held.Dispose();
                return CanLock(second);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else holds one of them: nothing is known, and replacing by rename harms no file that is read.
            return false;
        }
    }

    private static bool CanLock(string path)
    {
        using FileStream other = new(path, FileMode.Open, FileAccess.Read, FileShare.None);
        return true;
    }

    private static string Resolve(string path)
    {
        string name = Path.GetFileName(path);
        string? folder = Path.GetDirectoryName(path);
        if (folder is null || name.Length == 0)
        {
            return path;
        }

        string parent = Resolve(folder);
        string full = Path.Combine(parent, name);
        try
        {
            FileSystemInfo info = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
            return info.Exists && info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }
}
