using AgentFlow.Faults;

namespace AgentFlow.Safety.Files;

/// <summary>
/// Copies files without their secrets. The copy is written beside its destination and takes the name in one step when it is whole, so
/// that a stop, a full disk or a crash leaves no half of it under that name. The source is never written.
/// </summary>
public sealed class FileProtection(RedactionSession session, TimeProvider time)
{
    private const int BufferSize = 1 << 20;

    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a pair that must not be written, before anybody is asked.</summary>
    /// <param name="source">Full path of the file to read.</param>
    /// <param name="destination">Full path of the copy.</param>
    /// <param name="force">Whether an existing destination is replaced.</param>
    /// <exception cref="AfFaultException">AfFileNotFound, AfFileExists, AfDestinationRefused.</exception>
    public void Check(string source, string destination, bool force)
    {
        if (!File.Exists(source))
        {
            throw Directory.Exists(source)
                ? new AfFaultException(FaultKind.InvalidArgument, FaultId.FileNotFound, $"'{source}' is a folder.", "Name the files in it, for example with a wildcard: -Path ./logs/*.log.", source)
                : new AfFaultException(FaultKind.NotFound, FaultId.FileNotFound, $"There is no file '{source}'.", "Correct -Path.", source);
        }

        if (_written.Contains(destination))
        {
            throw Refused($"'{source}' and another file of this command would both become '{destination}'.", "Give them different destinations.", destination);
        }

        if (Directory.Exists(destination))
        {
            throw Refused($"'{destination}' is a folder.", "Name a file in it, or end -Destination with a separator.", destination);
        }

        if (!Directory.Exists(Path.GetDirectoryName(destination)))
        {
            throw Refused($"The folder of '{destination}' is not there.", "Make the folder first.", destination);
        }

        if (FileIdentity.IsSame(source, destination))
        {
            throw Refused($"'{destination}' is the file that would be read.", "Give another -Destination: the source is never overwritten, also not with -Force.", destination);
        }

        if (File.Exists(destination) && !force)
        {
            throw new AfFaultException(FaultKind.Conflict, FaultId.FileExists, $"The file '{destination}' exists already.", "Give another -Destination, or -Force to replace it.", destination);
        }
    }

    /// <summary>Writes the copy.</summary>
    /// <param name="source">Full path of the file to read.</param>
    /// <param name="destination">Full path of the copy.</param>
    /// <param name="force">Whether an existing destination is replaced.</param>
    /// <param name="progress">Told the share done, 0 to 100, and the placeholders so far.</param>
    /// <param name="cancellationToken">A stop; nothing is left of the copy.</param>
    /// <exception cref="AfFaultException">AfFileNotFound, AfFileExists, AfDestinationRefused, AfFileFailed.</exception>
    public async Task<ProtectedFile> WriteAsync(string source, string destination, bool force, Action<int, long>? progress, CancellationToken cancellationToken)
    {
        Check(source, destination, force);
        string temporary = Path.Combine(Path.GetDirectoryName(destination)!, $".{Path.GetRandomFileName()}.af-partial");
        long start = time.GetTimestamp();
        try
        {
            RedactionReport report = await CopyAsync(source, temporary, progress, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            FinalName.Take(temporary, destination, force);
            _written.Add(destination);
            return new()
            {
                Source = source,
                Destination = destination,
                Encoding = report.Encoding,
                BytesRead = report.BytesRead,
                BytesWritten = report.BytesWritten,
                Total = report.Total,
                Counts = report.Counts,
                Duration = time.GetElapsedTime(start),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw exception is IOException && !force && File.Exists(destination) && File.Exists(temporary)
                ? new AfFaultException(FaultKind.Conflict, FaultId.FileExists, $"The file '{destination}' has come into being meanwhile.", "Give another -Destination, or -Force to replace it.", destination)
                : Failed(exception, source, destination);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task<RedactionReport> CopyAsync(string source, string temporary, Action<int, long>? progress, CancellationToken cancellationToken)
    {
        // A log that is still being written, moved or removed may be read.
        using FileStream input = new(source, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = BufferSize };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(input.SafeFileHandle) & ~(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute) | UnixFileMode.UserWrite;
        }

        using FileStream output = new(temporary, options);
        long length = Math.Max(1, input.Length);
        RedactionReport report = await session.RedactAsync(
            input, output, progress is null ? null : state => progress((int)Math.Min(100, input.Position * 100 / length), state.Total), cancellationToken).ConfigureAwait(false);
        output.Flush(flushToDisk: true);
        return report with { BytesRead = input.Position, BytesWritten = output.Length };
    }

    private static AfFaultException Refused(string message, string fix, string target) => new(FaultKind.InvalidArgument, FaultId.DestinationRefused, message, fix, target);

    private static AfFaultException Failed(Exception exception, string source, string destination) => new(
        exception is UnauthorizedAccessException ? FaultKind.Permission : FaultKind.Unavailable,
        FaultId.FileFailed,
        $"'{source}' could not be copied to '{destination}': {exception.Message}",
        "Check the rights of both, the free space, and that no other program holds them. No part of the copy was left.",
        source);
}
