using System.Diagnostics;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>Ends when whoever started the sandbox is gone: the parent process, or the other end of standard input.</summary>
internal static class OwnerWatch
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes when the parent has ended. A parent that is not there at all counts as ended.</summary>
    public static async Task ParentEndedAsync(int parent, TimeProvider time, CancellationToken cancellationToken)
    {
        Process process;
        try
        {
            process = Process.GetProcessById(parent);
        }
        catch (ArgumentException)
        {
            return;
        }

        using (process)
        {
            using PeriodicTimer timer = new(s_pollInterval, time);
            while (!HasEnded(process) && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
    }

    /// <summary>Completes when standard input is at its end.</summary>
    public static async Task InputEndedAsync(CancellationToken cancellationToken)
    {
        using Stream input = Terminal.OpenInput();
        byte[] buffer = new byte[256];
        while (await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    // A parent that has ended but was not yet collected by its own parent still has its number.
    private static bool HasEnded(Process process) => process.HasExited || (OperatingSystem.IsLinux() && IsZombie(process.Id));

    private static bool IsZombie(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            int end = stat.LastIndexOf(')');
            return end > 0 && end + 2 < stat.Length && stat[end + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
