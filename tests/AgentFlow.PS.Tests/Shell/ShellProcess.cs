using System.Diagnostics;

namespace AgentFlow.PS.Tests.Shell;

/// <summary>The built shell as a process of its own, with redirected streams and its own place for the history.</summary>
internal sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ShellProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program, built beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "afsh.dll");

    public int Id => _process.Id;

    public static async Task<ShellResult> RunAsync(string folder, string input, params string[] arguments)
    {
        using ShellProcess shell = Start(folder, arguments);
        return await shell.EndAsync(input);
    }

    public static ShellProcess Start(string folder, params string[] arguments)
    {
        ProcessStartInfo start = Description(folder, "dotnet");
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new(Process.Start(start)!);
    }

    /// <summary>How to start a program whose streams the test holds.</summary>
    public static ProcessStartInfo Description(string folder, string program)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_DATA_HOME"] = folder;
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove("COLUMNS");
        return start;
    }

    /// <summary>Gives the rest of the input, waits for the end, and fails the test when it does not come.</summary>
    public async Task<ShellResult> EndAsync(string input = "")
    {
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await _process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading its input.
        }

        await _process.WaitForExitAsync(limit.Token);
        return new() { ExitCode = _process.ExitCode, Output = await _output, Error = await _error };
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
