using System.IO.Enumeration;

namespace AgentFlow.Safety.Scanning;

/// <summary>All files below a folder, without links, empty files and the stores of git.</summary>
public static class FolderWalk
{
    private static readonly EnumerationOptions s_options = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };

    /// <summary>Full paths, as the file system gives them. Pipes and devices count as empty.</summary>
    public static IEnumerable<string> Files(string folder) => new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), s_options)
    {
        ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0 && entry.Length > 0,
        ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !entry.FileName.Equals(".git", StringComparison.OrdinalIgnoreCase),
    };
}
