using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments.BuildLogs;
using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Finds the environment variables that a log says are missing. Names only, never values.</summary>
/// <remarks>
/// <para>Takes any text: lines, whole logs, build log records, files; also logs of other platforms and CI systems. A name is reported only when a known format says that it is missing, once per log.</para>
/// </remarks>
/// <example><code>Get-AfDeployment -First 1 | Get-AfBuildLog | Find-AfMissingEnv</code>What the newest build says it lacks.</example>
/// <example><code>'Error: Environment variable not found: DATABASE_URL.' | Find-AfMissingEnv</code>One pasted line is enough.</example>
[Cmdlet(VerbsCommon.Find, "AfMissingEnv", DefaultParameterSetName = "Text")]
[OutputType(typeof(MissingEnv))]
public sealed class FindAfMissingEnvCommand : AfCmdlet
{
    private readonly MissingEnvScanner _scanner = new();

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

        string text = ((InputObject as PSObject)?.BaseObject ?? InputObject) switch
        {
            null => string.Empty,
            string line => line,
            BuildLogLine line => line.Text,
            object other => throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"A {other.GetType().Name} is not text.", "Pipe strings or the records of Get-AfBuildLog; use -Path for files."),
        };
        foreach (string line in text.Split('\n'))
        {
            await WriteAsync(sink, _scanner.Feed(line.AsSpan().TrimEnd('\r')), cancellationToken).ConfigureAwait(false);
        }
    }

    private protected override async Task EndAsync(IOperatorSink sink, CancellationToken cancellationToken) =>
        await WriteAsync(sink, _scanner.Complete(), cancellationToken).ConfigureAwait(false);

    private async Task FileAsync(IOperatorSink sink, string path, CancellationToken cancellationToken)
    {
        string full = await AskPipelineAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path), cancellationToken).ConfigureAwait(false);
        if (!File.Exists(full))
        {
            throw new AfFaultException(FaultKind.NotFound, FaultId.InputInvalid, $"There is no file '{path}'.", "Check the path.", path);
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
