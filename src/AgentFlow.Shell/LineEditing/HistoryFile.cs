namespace AgentFlow.Shell.LineEditing;

/// <summary>Keeps the history between runs in a file that only its owner can read. A line that may hold a secret is never written.</summary>
internal sealed class HistoryFile(string path)
{
    private const int KeptLines = 1000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The place for this user: the local application data folder.</summary>
    public static HistoryFile ForUser() => new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "AgentFlow", "afsh_history"));

    /// <summary>The lines, oldest first; none when there is no file or it cannot be read.</summary>
    public IReadOnlyList<string> Load()
    {
        try
        {
            string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            if (lines.Length > 2 * KeptLines)
            {
                lines = lines[^KeptLines..];
                File.WriteAllLines(path, lines);
            }

            return [.. lines.Select(Decode)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A shell without yesterday's history is better than none.
            return [];
        }
    }

    /// <summary>Adds a line, unless it may hold a secret. False when it was left out or could not be written.</summary>
    public bool Append(string line)
    {
        if (SecretLine.MayHoldSecret(line))
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FileStreamOptions options = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using FileStream stream = new(path, options);
            if (!OperatingSystem.IsWindows())
            {
                // The file may be older than this rule.
                File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
            }

            using StreamWriter writer = new(stream);
            writer.WriteLine(Encode(line));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Encode(string line) => line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Decode(string line)
    {
        if (!line.Contains('\\', StringComparison.Ordinal))
        {
            return line;
        }

        System.Text.StringBuilder text = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            bool escaped = line[i] == '\\' && i + 1 < line.Length;
            text.Append(escaped ? (line[++i] == 'n' ? '\n' : line[i]) : line[i]);
        }

        return text.ToString();
    }
}
