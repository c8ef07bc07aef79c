using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace AgentFlow.TestKit.Sandbox;

/// <summary>The built sandbox as a child process: started, steered and stopped by a test.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopTime = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _control;

    private SandboxHost(Process process, SandboxReady ready)
    {
        (Process, Ready) = (process, ready);
        _control = new(new SocketsHttpHandler()) { BaseAddress = new(ready.ControlUri + "/") };
    }

    public Process Process { get; }

    public SandboxReady Ready { get; }

    /// <summary>The folder of the config and the token files.</summary>
    public string Folder => Path.GetDirectoryName(Ready.ConfigPath)!;

    /// <summary>The program as built beside these tests; AGENTFLOW_SANDBOX names another one.</summary>
    public static string Program { get; } = FindProgram();

    /// <summary>Starts it and waits for its ready line.</summary>
    /// <param name="scenario">As <c>GET /control/scenarios</c> lists them; several joined by '+'.</param>
    /// <param name="database">none, auto or env:NAME.</param>
    /// <param name="environment">Variables for the child on top of this process's own.</param>
    /// <param name="program">The sandbox to run; <see cref="Program"/> by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SandboxHost> StartAsync(
        string scenario = "healthy", string database = "none", IReadOnlyDictionary<string, string>? environment = null, string? program = null, CancellationToken cancellationToken = default)
    {
        string[] arguments = ["--scenario", scenario, "--database", database, "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)];
        Process process = Launch(arguments, environment, program);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_startTime, cancellationToken);
            if (line is null)
            {
                throw new InvalidOperationException($"The sandbox did not start: {await errors}");
            }

            // Whatever it says later is read, or it would block on a full pipe.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new(process, JsonSerializer.Deserialize<SandboxReady>(line, s_json)!);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Starts the program with any command line; the caller owns the process.</summary>
    public static Process Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? program = null)
    {
        ProcessStartInfo start = new("dotnet", [program ?? Program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Puts everything back to the beginning of a scenario.</summary>
    public async Task SwitchScenarioAsync(string name, CancellationToken cancellationToken = default) =>
        await EnsureAsync(await _control.PostAsync(new Uri($"scenario/{name}", UriKind.Relative), null, cancellationToken), cancellationToken);

    /// <summary>Names of all scenarios.</summary>
    public async Task<IReadOnlyList<string>> ScenariosAsync(CancellationToken cancellationToken = default)
    {
        JsonElement all = await _control.GetFromJsonAsync<JsonElement>("scenarios", cancellationToken);
        return [.. all.GetProperty("scenarios").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
    }

    public async Task AddFaultAsync(SandboxFault fault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fault);
        object body = new
        {
            match = new { fault.Provider, fault.Method, fault.PathContains, fault.PathLike, fault.BodyContains },
            fault.Kind,
            fault.Milliseconds,
            fault.Status,
            fault.RetryAfterSeconds,
            fault.ProcessId,
            fault.Times,
        };
        await EnsureAsync(await _control.PostAsJsonAsync("faults", body, s_json, cancellationToken), cancellationToken);
    }

    public async Task ClearFaultsAsync(CancellationToken cancellationToken = default) => await EnsureAsync(await _control.DeleteAsync(new Uri("faults", UriKind.Relative), cancellationToken), cancellationToken);

    /// <summary>Plants a text into every answer and resets the state.</summary>
    public async Task PlantCanaryAsync(string value, CancellationToken cancellationToken = default) =>
        await EnsureAsync(await _control.PostAsJsonAsync("canary", new { value }, cancellationToken), cancellationToken);

    /// <summary>Everything that was asked of providers and app since the start or the last clearing, oldest first.</summary>
    public async Task<IReadOnlyList<RecordedExchange>> RequestsAsync(CancellationToken cancellationToken = default)
    {
        JsonElement journal = await _control.GetFromJsonAsync<JsonElement>("requests", cancellationToken);
        return journal.GetProperty("requests").Deserialize<IReadOnlyList<RecordedExchange>>(s_json)!;
    }

    public async Task ClearRequestsAsync(CancellationToken cancellationToken = default) => await EnsureAsync(await _control.DeleteAsync(new Uri("requests", UriKind.Relative), cancellationToken), cancellationToken);

    /// <summary>Asks it to end and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (!Process.HasExited)
        {
            Process.StandardInput.Close();
            try
            {
                await Process.WaitForExitAsync(CancellationToken.None).WaitAsync(s_stopTime);
            }
            catch (TimeoutException)
            {
                Process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _control.Dispose();
        Process.Dispose();
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"The sandbox answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    private static string FindProgram()
    {
        if (Environment.GetEnvironmentVariable("AGENTFLOW_SANDBOX") is { Length: > 0 } named)
        {
            return named;
        }

        // bin/<configuration>/<framework>/ of the tests tells which build of the sandbox is theirs.
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(PackedModule.Repository, "src", "AgentFlow.Sandbox", "bin", framework.Parent!.Name, framework.Name, "AgentFlow.Sandbox.dll");
    }
}
