using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Git;

/// <summary>
/// One run of the git executable that only reads: no hook, monitor, pager, prompt or fetch of the repository's own choosing runs, and the
/// caller's repository variables do not point it elsewhere. Disposal ends it.
/// </summary>
internal sealed class GitProcess : IDisposable
{
    private const int LongestComplaint = 4096;

    // What decides which repository is meant (git rev-parse --local-env-vars), and what could run a program.
    private static readonly string[] s_removed =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE",
        "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_ASKPASS",
        "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND", "GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
    ];

    private static readonly string[] s_always = ["--no-pager", "--no-optional-locks", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never"];

    private readonly Process _process;
    private readonly string _operation;
    private readonly Task<string> _complaint;

    private GitProcess(Process process, string operation)
    {
        _process = process;
        _operation = operation;
        _complaint = ReadComplaintAsync();
    }

    /// <summary>What git writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What git reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts git in a folder.</summary>
    /// <exception cref="AfFaultException">AfGitMissing.</exception>
    public static GitProcess Start(string folder, IEnumerable<string> arguments, bool input = false)
    {
        ProcessStartInfo start = new("git")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
        };
        foreach (string name in s_removed)
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["LC_ALL"] = "C";
        string[] own = [.. arguments];
        foreach (string argument in s_always.Concat(own))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            Process process = Process.Start(start)!;
            if (!input)
            {
                process.StandardInput.Close();
            }

            return new(process, own.First(argument => !argument.StartsWith('-') && !argument.Contains('=')));
        }
        catch (Win32Exception)
        {
            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.GitMissing, "The git executable was not found on the PATH.", "Install git, or search the files only.");
        }
    }

    /// <summary>Runs to the end; gives the exit code and the first 64 KiB of output.</summary>
    public static async Task<(int Code, string Output, string Complaint)> RunAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using GitProcess git = Start(folder, arguments);
        await using CancellationTokenRegistration stop = cancellationToken.Register(git.Kill);
        byte[] buffer = new byte[64 * 1024];
        int length = await git.Output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length == buffer.Length)
        {
            await git.Output.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        int code = await git.WaitAsync(cancellationToken).ConfigureAwait(false);
        return (code, Encoding.UTF8.GetString(buffer, 0, length), await git._complaint.ConfigureAwait(false));
    }

    /// <summary>Waits for the end; a failure is a fault with git's own first line.</summary>
    /// <exception cref="AfFaultException">AfGitFailed.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        int code = await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (code != 0)
        {
            throw Failed(_operation, code, await _complaint.ConfigureAwait(false));
        }
    }

    public static AfFaultException Failed(string operation, int code, string complaint)
    {
        string line = complaint.Split('\n', 2)[0].Trim();
        return new(
            FaultKind.InvalidArgument,
            FaultId.GitFailed,
            $"git {operation} ended with {code}{(line.Length > 0 ? $": {line}" : string.Empty)}",
            line.Contains("ownership", StringComparison.Ordinal) ? "git refuses a repository of another user: add it to safe.directory if you trust it." : "Check the folder, and the revisions with: git rev-parse.");
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    // Read always, or git would wait for room; kept only as much as an operator reads.
    private async Task<string> ReadComplaintAsync()
    {
        StringBuilder text = new();
        char[] buffer = new char[1024];
        try
        {
            for (int read; (read = await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                text.Append(buffer, 0, Math.Min(read, LongestComplaint - text.Length));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was ended by us; what it had to say does not matter.
        }

        return text.ToString();
    }
}
