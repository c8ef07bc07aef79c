using System.Runtime.Versioning;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Files;

/// <summary>Folders and files that only their owner can read: 0700 and 0600 on Unix; on Windows the access list of the user's profile.</summary>
internal static class UserOnly
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMask = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder if it is missing. One that others can enter is refused rather than changed: it may be shared on purpose.</summary>
    public static string EnsureFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return folder;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, FolderMode);
        }

        if ((File.GetUnixFileMode(folder) & ~FolderMode & AllModes) != 0)
        {
            throw new AfFaultException(
                FaultKind.InvalidState,
                FaultId.SecretFileExposed,
                $"The folder {folder} can be entered by others.",
                "Choose a folder of its own, or take the rights of group and others away (chmod 700).",
                folder);
        }

        return folder;
    }

    /// <summary>Makes an empty file with the narrow mode if it is missing; it never exists with a wider one.</summary>
    public static void EnsureFile(string path)
    {
        if (!File.Exists(path))
        {
            using FileStream _ = new(path, Options(FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete));
        }
    }

    /// <summary>Opens a file for this process alone.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream Open(string path, FileMode mode) => new(path, Options(mode, FileShare.None));

    /// <summary>Replaces a file in one step: a crash leaves the old or the new content, never a part.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + "." + Path.GetRandomFileName() + ".new";
        using (FileStream stream = Open(temporary, FileMode.CreateNew))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            FlushFolder(Path.GetDirectoryName(path)!);
        }
    }

    private const UnixFileMode AllModes = (UnixFileMode)0x1FF;

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMask;
        }

        return options;
    }

    // The rename is durable only when the folder is; .NET opens no folders, but its handle type takes one.
    [UnsupportedOSPlatform("windows")]
    private static void FlushFolder(string folder)
    {
        int descriptor = NativeFolder.Open(folder, 0);
        if (descriptor >= 0)
        {
            _ = NativeFolder.Flush(descriptor);
            _ = NativeFolder.Close(descriptor);
        }
    }
}
