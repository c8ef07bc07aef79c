using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.RotationHost;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>One process that works on a rotation.</summary>
/// <param name="Answer">Its last word; null when it had none.</param>
/// <param name="Output">Everything that it printed but its places.</param>
/// <param name="Places">The places that it came to, in order; the last is where it was killed.</param>
/// <param name="Killed">It ended by SIGKILL.</param>
internal sealed record HostRun(JsonNode? Answer, string Output, IReadOnlyList<string> Places, bool Killed)
{
    private const int KilledOnUnix = 128 + 9;
    private const int KilledOnWindows = -1;

    public static async Task<HostRun> StartAsync(string config, string credential, string command, Deaths deaths, int aheadHours, string? plant = null)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string host = Path.Combine(AppContext.BaseDirectory, "AgentFlow.RotationHost.dll");
        string[] arguments =
        [
            host, "rotate", "--config", config, "--credential", credential, "--command", command, "--ahead-hours", aheadHours.ToString(CultureInfo.InvariantCulture), "--say",
            "--die-at", deaths.At.ToString(CultureInfo.InvariantCulture), "--die-in", string.Join('\n', deaths.In), .. plant is null ? [] : (string[])["--plant", plant],
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A killed process cannot take its diagnostic sockets away from the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[] said = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        string output = string.Join('\n', said.Where(static line => line is not [DeathPlaces.Mark, ..]));
        string last = output.TrimEnd().Split('\n')[^1];
        return new(
            last.StartsWith('{') ? JsonNode.Parse(last) : null,
            output + await errors,
            [.. said.Where(static line => line is [DeathPlaces.Mark, ..]).Select(static line => line[1..])],
            process.ExitCode is KilledOnUnix or KilledOnWindows);
    }
}
