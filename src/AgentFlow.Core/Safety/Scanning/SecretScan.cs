using System.Threading.Channels;
using AgentFlow.Operator;

namespace AgentFlow.Safety.Scanning;

/// <summary>One search for secrets: in files, in a history, in strings. Findings are given as they come; values never leave but to their provider.</summary>
public sealed class SecretScan
{
    // Enough to keep the readers going while one finding is asked about, little enough to bound memory.
    private const int Queue = 256;

    private readonly RedactionSession _session;
    private readonly ScanSettings _settings;
    private readonly SecretBaseline? _baseline;
    private readonly ScanPorts _ports;
    private readonly FindingDesk _desk;
    private readonly ScanTally _tally = new();

    /// <summary>Prepares a search.</summary>
    /// <param name="known">The session whose known values are looked for too.</param>
    /// <param name="key">Key of the fingerprints.</param>
    /// <param name="settings">What counts.</param>
    /// <param name="baseline">What is accepted.</param>
    /// <param name="ports">The outside.</param>
    public SecretScan(RedactionSession known, ReadOnlySpan<byte> key, ScanSettings settings, SecretBaseline? baseline, ScanPorts ports)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(ports);
        _session = known.With(RedactionRules.Default with { Pii = settings.PersonalData }, key);
        _settings = settings;
        _baseline = baseline;
        _ports = ports;
        _desk = new(settings, baseline, ports.Probe);
    }

    /// <summary>Searches files and folders, several at once.</summary>
    /// <param name="roots">Full paths.</param>
    /// <param name="sink">The operator.</param>
    /// <param name="cancellationToken">A stop.</param>
    public Task FilesAsync(IReadOnlyList<string> roots, IOperatorSink sink, CancellationToken cancellationToken) => PassAsync(
        async (writer, token) =>
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token };
            await Parallel.ForEachAsync(FilesOf(roots, sink, token), options, (file, inner) => ScanFileAsync(file.Path, file.Root, writer, sink, inner)).ConfigureAwait(false);
        },
        sink,
        cancellationToken);

    /// <summary>Searches what commits brought.</summary>
    /// <param name="folder">Full path of a folder in the repository.</param>
    /// <param name="ranges">Revisions and ranges; empty for everything.</param>
    /// <param name="sink">The operator.</param>
    /// <param name="cancellationToken">A stop.</param>
    public Task HistoryAsync(string folder, IReadOnlyList<string> ranges, IOperatorSink sink, CancellationToken cancellationToken) => PassAsync(
        async (writer, token) =>
        {
            await foreach (HistoryText text in _ports.History.ReadAsync(folder, ranges, note => sink.WarnAsync(note, token), token).ConfigureAwait(false))
            {
                string label = $"{text.Commit[..Math.Min(8, text.Commit.Length)]}:{text.Path ?? "(message)"}";
                TextOrigin origin = new() { Label = label, Path = text.Path, FullPath = text.Path is null ? null : Path.GetFullPath(Path.Combine(text.Root, text.Path)), Commit = text };
                await ScanTextAsync(text.Content, origin, writer, sink, token).ConfigureAwait(false);
                await sink.ProgressAsync("Searching the history", $"{_tally.Scanned} texts, {_desk.Reported} findings, at {text.At:yyyy-MM-dd}", -1, token).ConfigureAwait(false);
            }
        },
        sink,
        cancellationToken);

    /// <summary>Searches a piece of a text that is no file.</summary>
    /// <param name="text">The piece as UTF-8.</param>
    /// <param name="linesBefore">Lines of the text before this piece.</param>
    /// <param name="told">Bytes of the piece that findings must begin in to be reported.</param>
    /// <param name="sink">The operator.</param>
    /// <param name="cancellationToken">A stop.</param>
    public Task StringsAsync(Stream text, long linesBefore, Range told, IOperatorSink sink, CancellationToken cancellationToken) => PassAsync(
        (writer, token) => ScanTextAsync(text, new() { Label = "text", LinesBefore = linesBefore, Told = told }, writer, sink, token).AsTask(), sink, cancellationToken);

    /// <summary>Ends the search: says what was left out, and writes what was accepted after a confirmation.</summary>
    public async Task FinishAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        await sink.DetailAsync($"{_tally.Scanned} texts searched, {_desk.Reported} findings, {_desk.Covered} accepted by the baseline.", cancellationToken).ConfigureAwait(false);
        if (_tally.Gaps() is { } gaps)
        {
            await sink.WarnAsync(gaps, cancellationToken).ConfigureAwait(false);
        }

        // Also an empty one is written, so that a clean tree can be held against it.
        if (_settings.AcceptReason is not null && (_desk.Accepted.Count > 0 || _baseline!.IsNew) && await sink.ShouldProcessAsync(
            $"{_desk.Accepted.Count} findings until {_settings.AcceptUntil:yyyy-MM-dd}", "Accept in the baseline", cancellationToken).ConfigureAwait(false))
        {
            _baseline!.Write(_desk.Accepted);
        }
    }

    // Readers find, one desk decides: so that questions come one by one and a first sighting is really the first.
    private async Task PassAsync(Func<ChannelWriter<Candidate>, CancellationToken, Task> read, IOperatorSink sink, CancellationToken cancellationToken)
    {
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Candidate> channel = Channel.CreateBounded<Candidate>(new BoundedChannelOptions(Queue) { SingleReader = true });
        Task reading = Task.Run(
            async () =>
            {
                try
                {
                    await read(channel.Writer, linked.Token).ConfigureAwait(false);
                }
                finally
                {
                    channel.Writer.Complete();
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (Candidate candidate in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await _desk.TakeAsync(candidate, sink, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await linked.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        finally
        {
            while (channel.Reader.TryRead(out Candidate? left))
            {
                left.Value?.Dispose();
            }
        }

        await reading.ConfigureAwait(false);
    }

    private async IAsyncEnumerable<(string Path, string Root)> FilesOf(IReadOnlyList<string> roots, IOperatorSink sink, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string root in roots)
        {
            if (File.Exists(root))
            {
                yield return (root, System.IO.Path.GetDirectoryName(root) ?? root);
                continue;
            }

            if (!Directory.Exists(root))
            {
                await sink.FaultAsync(new(Faults.FaultKind.NotFound, Faults.FaultId.FileNotFound, $"There is no file or folder '{root}'.", "Correct -Path.", root), root, cancellationToken).ConfigureAwait(false);
                continue;
            }

            IAsyncEnumerable<string> files = _settings.Ignored ? FolderWalk.Files(root).ToAsyncEnumerable() : _ports.Tree.ListAsync(root, note => sink.DetailAsync(note, cancellationToken), cancellationToken);
            await foreach (string file in files.ConfigureAwait(false))
            {
                yield return (file, root);
            }
        }
    }

    private async ValueTask ScanFileAsync(string path, string root, ChannelWriter<Candidate> writer, IOperatorSink sink, CancellationToken cancellationToken)
    {
        string label = System.IO.Path.GetRelativePath(root, path);
        try
        {
            using FileStream stream = new(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
            await ScanTextAsync(stream, new() { Label = label, Path = path, FullPath = path }, writer, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _tally.Unreadable(label, exception is UnauthorizedAccessException ? "no right to read it" : exception is FileNotFoundException or DirectoryNotFoundException ? "it is gone" : "reading failed");
        }

        await sink.ProgressAsync("Searching files", $"{_tally.Scanned} texts, {_desk.Reported} findings", -1, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ScanTextAsync(Stream stream, TextOrigin origin, ChannelWriter<Candidate> writer, IOperatorSink sink, CancellationToken cancellationToken)
    {
        bool isText;
        try
        {
            isText = TextScan.Run(_session.Plan, stream, (finding, value) => Hand(finding, value, origin, writer, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException or UnauthorizedAccessException or ChannelClosedException))
        {
            // Not a pass: what could not be judged is said.
            _tally.Unreadable(origin.Label, "it could not be scanned");
            return;
        }

        if (isText)
        {
            _tally.CountScanned();
            return;
        }

        _tally.CountBinary();
        await sink.DetailAsync($"Binary, not searched: {origin.Label}", cancellationToken).ConfigureAwait(false);
    }

    private void Hand(SecretFinding finding, ReadOnlySpan<byte> value, TextOrigin origin, ChannelWriter<Candidate> writer, CancellationToken cancellationToken)
    {
        if (!_settings.Wants(finding) || !origin.Tells(finding))
        {
            return;
        }

        Candidate candidate = new(origin.LinesBefore == 0 ? finding : finding with { Line = finding.Line + origin.LinesBefore }, origin, TokenChecksum.Holds(finding.Rule, value), _desk.NeedsValue(finding) && value.Length > 0 ? Secret.FromUtf8(value) : null);
        if (!writer.TryWrite(candidate))
        {
            writer.WriteAsync(candidate, cancellationToken).AsTask().GetAwaiter().GetResult();
        }
    }
}
