using System.Diagnostics;
using AgentFlow.Benchmarks.Reporting;

namespace AgentFlow.Benchmarks.Rotation.Overhead;

/// <summary>
/// What a rotation up to Draining takes beside its outside calls and the waits for builds: journal with its flushes, sealing, proofs. Every
/// outside call is given a latency that providers really have.
/// </summary>
internal static class RotationBenchmark
{
    private const int LatencyMilliseconds = 100;
    private const int Rounds = 3;

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchContext context)
    {
        await using CampaignSandbox sandbox = await CampaignSandbox.StartAsync(Path.Combine(context.Module, "sandbox", "AgentFlow.Sandbox.dll"));
        foreach (string credential in (string[])["session-secret", "stripe-webhook"])
        {
            List<(double Whole, double Outside)> rounds = [];
            for (int round = 0; round <= Rounds; round++)
            {
                await sandbox.ResetAsync();
                await sandbox.Host.AddFaultAsync(new("latency") { Milliseconds = LatencyMilliseconds });
                OutsideTime outside = new();
                await using RehearsedRotation rotation = new(sandbox, time: outside, wire: () => new OutsideWire(outside));
                long begun = Stopwatch.GetTimestamp();
                RotationRecord record = await rotation.Engine.StartAsync(rotation.Credential(credential), null, false, null, CancellationToken.None);
                double whole = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                if (record.State != RotationState.Draining)
                {
                    throw new InvalidOperationException($"{credential} ended {record.State}: {record.Hold?.Reason}");
                }

                // The first one compiles what all use.
                if (round > 0)
                {
                    rounds.Add((whole, outside.Milliseconds));
                }
            }

            yield return BenchRow.AtMost(
                "rotation." + credential, BenchContext.Median(rounds.Select(one => one.Whole)), "ms", "its outside calls and waits", BenchContext.Median(rounds.Select(one => one.Outside)), 1.05);
        }
    }
}
