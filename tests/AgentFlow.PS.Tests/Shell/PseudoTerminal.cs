using System.Diagnostics;
using System.Text;

namespace AgentFlow.PS.Tests.Shell;

/// <summary>The shell at a terminal of 100 columns, which util-linux <c>script</c> provides; the test types and reads what is shown.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _shown = new();
    private readonly char[] _chunk = new char[4096];
    private int _seen;

    private PseudoTerminal(Process process) => _process = process;

    /// <summary>Why the tests at a terminal are skipped; null when they can run.</summary>
    public static string? WhyNot { get; } =
        !OperatingSystem.IsLinux() ? "Needs util-linux script, which gives a terminal."
        : !(Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, "script"))) ? "There is no program named script (util-linux) on this machine."
        : null;

    public static PseudoTerminal Start(string folder, string arguments = "")
    {
        ProcessStartInfo start = ShellProcess.Description(folder, "script");
        start.ArgumentList.Add("-qec");
        start.ArgumentList.Add($"stty cols 100 rows 40; exec dotnet '{ShellProcess.Program}' {arguments}");
        start.ArgumentList.Add("/dev/null");
        start.Environment["TERM"] = "xterm-256color";
        return new(Process.Start(start)!);
    }

    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until the text is shown after what was waited for before; returns what came with it.</summary>
    public async Task<string> ShowsAsync(string text)
    {
        using CancellationTokenSource limit = new(Limit);
        while (true)
        {
            string fresh = _shown.ToString(_seen, _shown.Length - _seen);
            int at = fresh.IndexOf(text, StringComparison.Ordinal);
            if (at >= 0)
            {
                _seen += at + text.Length;
                return fresh[..(at + text.Length)];
            }

            int count;
            try
            {
                count = await _process.StandardOutput.ReadAsync(_chunk, limit.Token);
            }
            catch (OperationCanceledException)
            {
                count = 0;
            }

            Assert.True(count > 0, $"The terminal never showed '{text}', but:\n{fresh.Replace("\x1b", "␛", StringComparison.Ordinal)}");
            _shown.Append(_chunk, 0, count);
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using CancellationTokenSource limit = new(Limit);
        while (await _process.StandardOutput.ReadAsync(_chunk, limit.Token) > 0)
        {
        }

        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
