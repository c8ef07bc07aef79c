using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments.BuildLogs;
using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Finds the environment variables that a log says are missing. Names only, never values.</summary>
/// <remarks>
/// <para>Takes any text: lines, whole logs, build log records, files; also logs of other platforms and CI systems. A name is reported when a known format says that it is missing or that the build's own validation rejects it, once per log; what is only mentioned, deprecated, optional or given a default is not.</para>
/// <para>Lines that come one by one are one log. A text with several lines is a log of its own, as is each file, and build log records begin a new log where their Index begins anew.</para>
/// </remarks>
/// <example><code>Get-AfDeployment -First 1 | Get-AfBuildLog | Find-AfMissingEnv</code>What the newest build says it lacks.</example>
/// <example><code>'Error: Environment variable not found: DATABASE_URL.' | Find-AfMissingEnv</code>One pasted line is enough.</example>
/// <example><code>[IO.File]::WriteAllText("$PWD/build.log", 'Error: Environment variable not found: DATABASE_URL.')
/// Find-AfMissingEnv -Path ./build.log</code>A saved log of any CI system.</example>
[Cmdlet(VerbsCommon.Find, "AfMissingEnv", DefaultParameterSetName = "Text")]
[OutputType(typeof(MissingEnv))]
public sealed class FindAfMissingEnvCommand : AfCmdlet
{
    private MissingEnvScanner _scanner = new();
    private long _lastIndex = -1;

    /// <summary>Text, lines or build log records.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Text")]
    [AllowEmptyString]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Log files; each is a log of its own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (ParameterSetName == "Path")
        {
            foreach (string path in Path)
            {
                await PerInputAsync(sink, path, () => FileAsync(sink, path, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        switch ((InputObject as PSObject)?.BaseObject ?? InputObject)
        {
            case null:
                await WriteAsync(sink, _scanner.Feed(string.Empty), cancellationToken).ConfigureAwait(false);
                break;
            case string text when text.AsSpan().TrimEnd("\r\n").Contains('\n'):
                await LogAsync(sink, new(), text, cancellationToken).ConfigureAwait(false);
                break;
            case string line:
                await WriteAsync(sink, _scanner.Feed(line), cancellationToken).ConfigureAwait(false);
                break;
            case BuildLogLine line:
                if (line.Index <= _lastIndex)
                {
                    await WriteAsync(sink, _scanner.Complete(), cancellationToken).ConfigureAwait(false);
                    _scanner = new();
                }

                _lastIndex = line.Index;
                await WriteAsync(sink, _scanner.Feed(line.Text), cancellationToken).ConfigureAwait(false);
                break;
            case object other:
                throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"A {other.GetType().Name} is not text.", "Pipe strings or the records of Get-AfBuildLog; use -Path for files.");
        }
    }

    private async Task LogAsync(IOperatorSink sink, MissingEnvScanner scanner, string log, CancellationToken cancellationToken)
    {
        foreach (Range range in Lines(log))
        {
            await WriteAsync(sink, scanner.Feed(log.AsSpan(range)), cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(sink, scanner.Complete(), cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<Range> Lines(string log)
    {
        for (int start = 0; start <= log.Length;)
        {
            int end = log.IndexOf('\n', start);
            end = end < 0 ? log.Length : end;
            yield return start..end;
            start = end + 1;
        }
    }

    private protected override async Task EndAsync(IOperatorSink sink, CancellationToken cancellationToken) =>
        await WriteAsync(sink, _scanner.Complete(), cancellationToken).ConfigureAwait(false);

    private async Task FileAsync(IOperatorSink sink, string path, CancellationToken cancellationToken)
    {
        string full = await AskPipelineAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path), cancellationToken).ConfigureAwait(false);
        if (!File.Exists(full))
        {
            throw new AfFaultException(FaultKind.NotFound, FaultId.FileNotFound, $"There is no file '{path}'.", "Check the path.", path);
        }

        MissingEnvScanner scanner = new();
        await foreach (string line in File.ReadLinesAsync(full, cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(sink, scanner.Feed(line), cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(sink, scanner.Complete(), cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(IOperatorSink sink, IReadOnlyList<MissingEnv> found, CancellationToken cancellationToken)
    {
        foreach (MissingEnv missing in found)
        {
            Memory.Seen.Add(EnvNameCompleter.Kind, missing.Name, $"missing, says {missing.Source}");
            await sink.WriteAsync(missing, cancellationToken).ConfigureAwait(false);
        }
    }
}
