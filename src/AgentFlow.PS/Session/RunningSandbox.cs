using System.Diagnostics;

namespace AgentFlow.Cmdlets.Session;

/// <summary>A sandbox process that this runspace started. Closing its standard input ends it, and so does the end of this process.</summary>
internal sealed class RunningSandbox(Process process, SandboxInfo info) : IDisposable
{
    public SandboxInfo Info { get; } = info;

    public bool HasExited => process.HasExited;

    /// <summary>Asks it to end and waits; after ten seconds it is killed with its children.</summary>
    public async Task StopAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10), time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose() => process.Dispose();
}
