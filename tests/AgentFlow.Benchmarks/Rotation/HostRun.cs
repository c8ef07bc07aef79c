using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>One process that works on a rotation.</summary>
/// <param name="Answer">Its last word; null when it was killed.</param>
/// <param name="Output">Everything that it printed.</param>
internal sealed record HostRun(JsonNode? Answer, string Output)
{
    public static async Task<HostRun> StartAsync(string config, string credential, string command, int dieAt, int aheadHours, string? plant = null)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string host = Path.Combine(AppContext.BaseDirectory, "AgentFlow.RotationHost.dll");
        foreach (string argument in (string[])[host, "rotate", "--config", config, "--credential", credential, "--command", command, "--die-at", dieAt.ToString(CultureInfo.InvariantCulture), "--ahead-hours", aheadHours.ToString(CultureInfo.InvariantCulture), .. plant is null ? [] : (string[])["--plant", plant]])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string last = output.TrimEnd().Split('\n')[^1];
        return new(last.StartsWith('{') ? JsonNode.Parse(last) : null, output + await errors);
    }
}
