using System.Management.Automation;
using System.Security;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Safety;
using AgentFlow.Safety.Files;

namespace AgentFlow.Cmdlets.Safety;

/// <summary>Replaces secrets and personal data by placeholders, in strings, objects and files of any size.</summary>
/// <remarks>
/// <para>A placeholder reads [REDACTED:kind#id]; equal values of one session get the same id, and nothing can be told from it. Values that the session itself holds (credentials of a context, -AddSecret) are found in every usual encoding. What cannot be scanned is blanked, never passed.</para>
/// <para>Strings from the pipeline are taken as the lines of one text: one in, one out, and the lines of a key block are hidden although each alone would not tell. A line whose end may continue on the next one waits for it. Of objects, strings are replaced by value and by property name; errors and warnings become text.</para>
/// <para>With -Path files are copied to -Destination in their own encoding (UTF-16 and UTF-32 by byte-order mark). A copy appears under its name only when it is whole; the source is never written.</para>
/// </remarks>
/// <example><code>'STRIPE_SECRET_KEY=' + 'sk_' + 'live_' + 'a1B2c3D4' * 3 | Protect-AfText</code>The key is replaced; its name stays.</example>
/// <example><code>[IO.File]::WriteAllText("$PWD/app.log", 'user ada@example.com signed in from 198.41.0.4')
/// Protect-AfText -Path ./app.log -Destination ./app.redacted.log -IncludeIpAddress</code>Copies a log and gives what was replaced, per kind.</example>
/// <example><code>$value = [securestring]::new(); 'correct horse 7'.ToCharArray() | ForEach-Object { $value.AppendChar($_) }
/// 'said: correct%20horse%207' | Protect-AfText -AddSecret $value</code>A value of your own is found in any encoding from then on.</example>
[Cmdlet(VerbsSecurity.Protect, "AfText", DefaultParameterSetName = TextSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(string), ParameterSetName = [TextSet])]
[OutputType(typeof(ProtectedFile), ParameterSetName = [PathSet, LiteralSet])]
public sealed class ProtectAfTextCommand : AfCmdlet
{
    private const string TextSet = "Text";
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    private readonly HashSet<(string, string)> _done = [];
    private RedactionSession? _session;
    private LineRedactor? _lines;
    private FileProtection? _files;

    /// <summary>Strings, which are taken as the lines of one text, or objects.</summary>
    [Parameter(ParameterSetName = TextSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Files to copy; wildcards are expanded.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files to copy, by their exact names.</summary>
    [Parameter(ParameterSetName = LiteralSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The copy's name; with several files, or when it is a folder or ends in a separator, the folder that takes the copies.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = LiteralSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Replaces copies that exist already; never the source.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Values of your own that must not appear. The session keeps them, so that no later output shows them. Everyday words and short values are refused with a warning.</summary>
    [Parameter]
    public SecureString[] AddSecret { get; set; } = [];

    /// <summary>Replaces public IPv4 and IPv6 addresses too.</summary>
    [Parameter]
    public SwitchParameter IncludeIpAddress { get; set; }

    private RedactionSession Session => _session!;

    private protected override async Task BeginAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        await GivenSecrets.AddAsync(Memory.Redaction, AddSecret, sink, cancellationToken).ConfigureAwait(false);
        _session = Memory.Redaction.With(RedactionRules.Default with { IpAddresses = IncludeIpAddress });
        _lines = new(_session);
        _files = new(_session, Time);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The engine has already redacted these lines; a queue and a thread for each of a million strings would only cost time.
        if (ParameterSetName == TextSet && ((InputObject as PSObject)?.BaseObject ?? InputObject) is string line)
        {
            Give(_lines!.Push(line));
            return;
        }

        base.ProcessRecord();
    }

    private protected override Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken) => ParameterSetName == TextSet
        ? ProtectObjectAsync(sink, cancellationToken)
        : ProtectFilesAsync(sink, cancellationToken);

    /// <inheritdoc/>
    protected override void EndProcessing() => Give(_lines!.Flush());

    private void Give(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            WriteObject(lines[i]);
        }
    }

    private async Task ProtectObjectAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        foreach (object? item in PipelineObject.Items(InputObject))
        {
            // An object ends the text before it.
            IEnumerable<object> given = PipelineObject.AsText(item) is { } text ? _lines!.Push(text) : [.. _lines!.Flush(), PipelineObject.Redact(Session, Memory.Redactor, item)];
            foreach (object safe in given)
            {
                await sink.WriteAsync(safe, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ProtectFilesAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        bool literal = ParameterSetName == LiteralSet;
        (IReadOnlyList<string> sources, string destination) = await AskPipelineAsync(
            () => (PathResolution.Files(SessionState, literal ? LiteralPath : Path, literal), PathResolution.Full(SessionState, Destination)), cancellationToken).ConfigureAwait(false);
        bool folder = sources.Count > 1 || Directory.Exists(destination) || System.IO.Path.EndsInDirectorySeparator(Destination);
        foreach (string source in sources)
        {
            string target = folder ? System.IO.Path.Combine(destination, System.IO.Path.GetFileName(source)) : destination;

            // Lines of Get-Content all name their file.
            if (_done.Add((source, target)))
            {
                await PerInputAsync(sink, source, () => ProtectFileAsync(sink, source, target, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ProtectFileAsync(IOperatorSink sink, string source, string target, CancellationToken cancellationToken)
    {
        _files!.Check(source, target, Force);
        if (await sink.ShouldProcessAsync(target, $"Write the redacted copy of '{source}'", cancellationToken).ConfigureAwait(false))
        {
            string name = System.IO.Path.GetFileName(source);
            await sink.WriteAsync(
                await _files.WriteAsync(source, target, Force, (percent, total) => ProgressReport.Post(sink, $"Redacting {name}", $"{total} replaced", percent, cancellationToken), cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
    }
}
