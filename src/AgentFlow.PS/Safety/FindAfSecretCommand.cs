using System.Management.Automation;
using System.Security;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Faults;
using AgentFlow.Operator;
using AgentFlow.Safety;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Cmdlets.Safety;

/// <summary>Finds secrets in files, in the history of a repository and in strings. It says where; it never shows a value.</summary>
/// <remarks>
/// <para>In a repository, files that git ignores are left out; -IncludeIgnored takes them in. Binary files are not searched, and how many is said. A history is searched commit by commit, messages too: a finding names the commit that brought it into its path.</para>
/// <para>Fingerprints are made with a key that is not in the baseline, so that nobody who has the file can test guesses of a short value against it. The key is this user's own; give a shared one with -FingerprintKey where several people or a build use the same baseline.</para>
/// <para>With -Baseline, accepted findings are not reported until their acceptance ends. -AcceptReason adds what is found, after a confirmation. With -Verify each value is sent, after a confirmation, to the provider that issued it and nowhere else.</para>
/// <para>ChecksumHolds tells by the check characters of a GitHub or npm token whether it can have been issued at all; a made-up one is false.</para>
/// </remarks>
/// <example><code>Find-AfSecret</code>Searches the current folder.</example>
/// <example><code>"token = ghp_$('a1B2c3D4e5' * 4)" | Find-AfSecret | ForEach-Object Place</code>Searches strings; the place is text:line:column.</example>
/// <example><code>[IO.File]::WriteAllText("$PWD/guide.txt", "token = ghp_$('a1B2c3D4e5' * 4)")
/// Find-AfSecret -Baseline ./secrets.baseline.json -AcceptReason 'documentation' -Confirm:$false
/// Find-AfSecret -Baseline ./secrets.baseline.json</code>Accepts what is there for 90 days, then reports only what is new.</example>
[Cmdlet(VerbsCommon.Find, "AfSecret", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FoundSecret))]
public sealed class FindAfSecretCommand : AfCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
    private const string RangeSet = "GitRange";
    private const string HistorySet = "GitHistory";
    private const string TextSet = "Text";

    private SecretScan? _scan;
    private IAsyncDisposable? _closing;
    private TextFeed? _text;

    /// <summary>Files and folders; wildcards are expanded. The current folder by default. With -GitRange and -GitHistory the repository, or a folder in it.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0)]
    [Parameter(ParameterSetName = RangeSet, Position = 0)]
    [Parameter(ParameterSetName = HistorySet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = ["."];

    /// <summary>Files and folders by their exact names.</summary>
    [Parameter(ParameterSetName = LiteralSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Strings, which are taken as the lines of one text.</summary>
    [Parameter(ParameterSetName = TextSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>Revisions and ranges as git writes them, for example main..HEAD; what these commits brought is searched.</summary>
    [Parameter(ParameterSetName = RangeSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] GitRange { get; set; } = [];

    /// <summary>Searches all commits that any branch, tag, stash or other reference reaches.</summary>
    [Parameter(ParameterSetName = HistorySet, Mandatory = true)]
    public SwitchParameter GitHistory { get; set; }

    /// <summary>Searches also what the repository ignores (.env files, build output, installed packages).</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralSet)]
    public SwitchParameter IncludeIgnored { get; set; }

    /// <summary>Reports personal data too: mail addresses, phone numbers, cards, bank accounts.</summary>
    [Parameter]
    public SwitchParameter IncludePersonalData { get; set; }

    /// <summary>Only these rules; * stands for anything.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    public string[] Rule { get; set; } = [];

    /// <summary>Values of your own to look for, in any encoding. The session keeps them, so that no later output shows them.</summary>
    [Parameter]
    public SecureString[] AddSecret { get; set; } = [];

    /// <summary>File of accepted findings.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Baseline { get; set; }

    /// <summary>Accepts what is found in the baseline, for this reason; the file is made when it is not there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AcceptReason { get; set; }

    /// <summary>For how many days -AcceptReason accepts; then the findings are reported again.</summary>
    [Parameter]
    [ValidateRange(1, 1096)]
    public int AcceptDays { get; set; } = 90;

    /// <summary>The key of the fingerprints, at least 16 bytes, the same for all who share a baseline; this user's own by default.</summary>
    [Parameter]
    public SecureString? FingerprintKey { get; set; }

    /// <summary>Asks the issuing provider whether a found secret is live, after a confirmation each.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    private SecretScan Scan => _scan!;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text?.Dispose();

            // Closing idle connections completes at once; also after a stop.
            _ = _closing?.DisposeAsync().AsTask();
        }

        base.Dispose(disposing);
    }

    private protected override async Task BeginAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (AcceptReason is not null && Baseline is null)
        {
            throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, "-AcceptReason needs a baseline to write to.", "Give -Baseline too.");
        }

        await GivenSecrets.AddAsync(Memory.Redaction, AddSecret, sink, cancellationToken).ConfigureAwait(false);
        (ScanPorts ports, _closing) = Composition.ForScans(Memory.Context, Time);
        byte[] key = await ReadKeyAsync(ports, sink, cancellationToken).ConfigureAwait(false);
        string? file = Baseline is null ? null : await AskPipelineAsync(() => PathResolution.Full(SessionState, Baseline), cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = Time.GetUtcNow();
        ScanSettings settings = new()
        {
            Rules = Rule,
            PersonalData = IncludePersonalData,
            Ignored = IncludeIgnored,
            Verify = Verify,
            AcceptReason = AcceptReason,
            AcceptUntil = DateOnly.FromDateTime(now.UtcDateTime).AddDays(AcceptDays),
        };
        _scan = new(Memory.Redaction, key, settings, file is null ? null : SecretBaseline.Read(file, key, mayBeMissing: AcceptReason is not null, now), ports);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Strings only fill the text that EndAsync searches beside; no queue and thread for each of them.
        // The first string decides the parameter set, so it cannot be known earlier.
        if (ParameterSetName == TextSet && (_text ??= new()).Append(InputObject))
        {
            return;
        }

        base.ProcessRecord();
    }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (ParameterSetName == TextSet)
        {
            await _text!.SearchAsync(Scan, last: false, sink, cancellationToken).ConfigureAwait(false);
            return;
        }

        bool literal = ParameterSetName == LiteralSet;
        IReadOnlyList<string> roots = await AskPipelineAsync(() => PathResolution.Files(SessionState, literal ? LiteralPath : Path, literal, folders: true), cancellationToken).ConfigureAwait(false);
        if (roots.Count == 0)
        {
            // Nothing searched must not look like nothing found.
            throw new AfFaultException(FaultKind.NotFound, FaultId.FileNotFound, $"Nothing fits '{string.Join("', '", Path)}'.", "Correct the wildcard; hidden files must be named.");
        }

        if (ParameterSetName is RangeSet or HistorySet)
        {
            foreach (string folder in roots)
            {
                await PerInputAsync(sink, folder, () => Scan.HistoryAsync(folder, GitRange, sink, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        await Scan.FilesAsync(roots, sink, cancellationToken).ConfigureAwait(false);
    }

    private protected override async Task EndAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (_text is not null)
        {
            await _text.SearchAsync(Scan, last: true, sink, cancellationToken).ConfigureAwait(false);
        }

        await Scan.FinishAsync(sink, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadKeyAsync(ScanPorts ports, IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (FingerprintKey is not null)
        {
            using Secret given = Secrets.From(FingerprintKey);
            Memory.Redaction.AddKnown(given);
            return AgentFlow.Safety.Scanning.FingerprintKey.From(given);
        }

        try
        {
            return ports.Keys.ReadOrMake();
        }
        catch (AfFaultException fault) when (Baseline is null)
        {
            // Nothing is compared with another run; a build without a home folder must still be able to search.
            await sink.DetailAsync($"Fingerprints of this run stand alone: {fault.Message}", cancellationToken).ConfigureAwait(false);
            return System.Security.Cryptography.RandomNumberGenerator.GetBytes(AgentFlow.Safety.Scanning.FingerprintKey.Length);
        }
    }
}
