using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Safety.Scanning;

/// <summary>What happens to each finding, one after the other: baseline, provider, operator.</summary>
internal sealed class FindingDesk(ScanSettings settings, SecretBaseline? baseline, ISecretProbe probe)
{
    private readonly HashSet<(string?, string, string)> _reported = [];
    private readonly Dictionary<string, SecretLiveness> _asked = new(StringComparer.Ordinal);
    private readonly List<AcceptedSecret> _accepted = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);

    /// <summary>Findings given to the operator.</summary>
    public int Reported { get; private set; }

    /// <summary>Findings that the baseline covers.</summary>
    public int Covered { get; private set; }

    /// <summary>What the operator accepts in this run.</summary>
    public IReadOnlyList<AcceptedSecret> Accepted => _accepted;

    /// <summary>Whether a value must be carried along for this rule.</summary>
    public bool NeedsValue(SecretFinding finding) => settings.Verify && probe.HostOf(finding.Rule) is not null;

    public async ValueTask TakeAsync(Candidate candidate, IOperatorSink sink, CancellationToken cancellationToken)
    {
        using Secret? value = candidate.Value;
        (SecretFinding finding, TextOrigin origin) = (candidate.Finding, candidate.Origin);

        // A history shows a file once per change; what it held before is no news.
        if (origin.Commit is not null && !_reported.Add((origin.Path, finding.Rule, finding.Fingerprint)))
        {
            return;
        }

        (AcceptedSecret Entry, bool Holds)? known = baseline?.Find(finding.Fingerprint, origin.FullPath);
        if (known is { Holds: true })
        {
            Covered++;
            return;
        }

        string? note = known is { Entry: { } expired } ? $"Its acceptance ended on {expired.Expires:yyyy-MM-dd}: {expired.Reason}" : null;
        if (settings.AcceptReason is { } reason)
        {
            _accepted.Add(new() { Fingerprint = finding.Fingerprint, Rule = finding.Rule, Path = baseline!.Relative(origin.FullPath), Reason = reason, Expires = settings.AcceptUntil });
        }

        FoundSecret found = new()
        {
            Rule = finding.Rule,
            Class = finding.Class,
            Path = origin.Path,
            Line = finding.Line,
            Column = finding.Column,
            Length = finding.Length,
            Fingerprint = finding.Fingerprint,
            Commit = origin.Commit?.Commit,
            Author = origin.Commit?.Author,
            CommittedAt = origin.Commit?.At,
            ChecksumHolds = candidate.ChecksumHolds,
            Note = note,
            Place = $"{origin.Label}:{finding.Line}:{finding.Column}",
        };
        Reported++;
        await sink.WriteAsync(settings.Verify ? found with { Liveness = await AskAsync(found, value, sink, cancellationToken).ConfigureAwait(false) } : found, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SecretLiveness> AskAsync(FoundSecret found, Secret? value, IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (value is null || probe.HostOf(found.Rule) is not { } host)
        {
            return SecretLiveness.NoProvider;
        }

        if (_asked.TryGetValue(found.Fingerprint, out SecretLiveness answer))
        {
            return answer;
        }

        answer = await sink.ShouldProcessAsync($"{found.Rule} {found.Fingerprint} at {found.Place}", $"Send the value to {host} and ask whether it is live", cancellationToken).ConfigureAwait(false)
            ? await TryAskAsync(found.Rule, host, value, sink, cancellationToken).ConfigureAwait(false)
            : SecretLiveness.NotAsked;
        _asked[found.Fingerprint] = answer;
        return answer;
    }

    private async Task<SecretLiveness> TryAskAsync(string rule, string host, Secret value, IOperatorSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.AskAsync(rule, value, cancellationToken).ConfigureAwait(false);
        }
        catch (AfFaultException fault)
        {
            if (_hosts.Add(host))
            {
                await sink.WarnAsync($"{host} could not say whether a value is live: {fault.Message}", cancellationToken).ConfigureAwait(false);
            }

            return SecretLiveness.Unknown;
        }
    }
}
