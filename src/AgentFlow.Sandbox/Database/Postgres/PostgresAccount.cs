namespace AgentFlow.Sandbox.Database;

/// <summary>The server refuses to run as root, so root lends it another account that exists on the machine.</summary>
internal sealed record PostgresAccount(string Name, string Group, IReadOnlyList<string> Prefix)
{
    private static readonly string[] s_names = ["postgres", "nobody"];
    private static readonly string[] s_folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    /// <summary>The account to run under; null when this process's own will do.</summary>
    /// <exception cref="InvalidOperationException">This is root and there is no way to become anybody else.</exception>
    public static PostgresAccount? Find()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        Dictionary<string, string> groups = File.Exists("/etc/passwd")
            ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).GroupBy(fields => fields[0]).ToDictionary(same => same.Key, same => same.First()[3])
            : [];
        string name = s_names.FirstOrDefault(groups.ContainsKey)
            ?? throw new InvalidOperationException("PostgreSQL refuses to run as root and there is neither a user 'postgres' nor 'nobody'; run the sandbox as an ordinary user");
        string group = groups[name];
        return Which("setpriv") is { } setpriv ? new(name, group, [setpriv, $"--reuid={name}", $"--regid={group}", "--clear-groups", "--pdeathsig", "QUIT"])
            : Which("runuser") is { } runuser ? new(name, group, [runuser, "-u", name, "--"])
            : throw new InvalidOperationException("PostgreSQL refuses to run as root and neither setpriv nor runuser is installed; run the sandbox as an ordinary user");
    }

    private static string? Which(string program) => s_folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
