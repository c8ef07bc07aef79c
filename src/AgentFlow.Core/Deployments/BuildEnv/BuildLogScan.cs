using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Deployments.BuildLogs;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.BuildEnv;

/// <summary>Reads a build log through the scanner, line by line, and concludes what its silence is worth.</summary>
internal sealed class BuildLogScan(IDeploymentSource deployments, Deployment deployment)
{
    /// <summary>What is to be said beside the names once the log has been read; null when the names say it all.</summary>
    public CheckFinding? Conclusion { get; private set; }

    /// <summary>Each missing name once, as soon as the log has said it.</summary>
    public async IAsyncEnumerable<MissingEnv> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MissingEnvScanner scanner = new();
        HashSet<string> seen = new(StringComparer.Ordinal);
        long lines = 0;
        AfFaultException? fault = null;
        IAsyncEnumerator<BuildLogLine> log = deployments.ReadBuildLogAsync(deployment.Id, new(), cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            for (bool more = true; more;)
            {
                IReadOnlyList<MissingEnv> found;
                try
                {
                    more = await log.MoveNextAsync().ConfigureAwait(false);
                    found = more ? scanner.Feed(log.Current.Text) : scanner.Complete();
                    lines += more ? 1 : 0;
                }
                catch (AfFaultException caught)
                {
                    // What was read before the fault still counts.
                    (fault, more, found) = (caught, false, scanner.Complete());
                }

                foreach (MissingEnv missing in found)
                {
                    if (seen.Add(missing.Name))
                    {
                        yield return missing;
                    }
                }
            }
        }
        finally
        {
            await log.DisposeAsync().ConfigureAwait(false);
        }

        Conclusion = Conclude(fault, lines, seen.Count);
    }

    private CheckFinding? Conclude(AfFaultException? fault, long lines, int names) => fault switch
    {
        { Kind: FaultKind.NotFound } => CheckFinding.Inconclusive("Vercel has no build log for it.", "Logs are kept for a limited time: redeploy to get a new one."),
        { } other => new() { Outcome = CheckOutcome.Error, Reason = other.Message, Actual = other.Id, Remediation = other.Fix },
        null when names > 0 => null,
        null when lines == 0 => CheckFinding.Inconclusive("Vercel has no build log for it.", "Logs are kept for a limited time: redeploy to get a new one."),
        null when !deployment.IsFinished => CheckFinding.Inconclusive("The build is still running; its log names no missing variable so far.", "Wait for it (Wait-AfDeployment), then run the check again."),
        // Some tools stop over a setting that they do not name, so the silence of a log that ends in an error proves nothing.
        null when deployment.State == "ERROR" => CheckFinding.Inconclusive($"The build failed and {lines} lines of its log name no missing variable; some tools fail without naming theirs.", "Read the end of the log: Get-AfBuildLog."),
        _ => CheckFinding.Pass($"{lines} lines of the build log name no missing variable."),
    };
}
