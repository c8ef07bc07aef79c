using System.Text;
using AgentFlow.Safety.Redaction;

namespace AgentFlow.Safety;

/// <summary>
/// The redaction gate of one process or command: the rules, the values that must never appear, and the key of the placeholder ids.
/// Safe for concurrent use. It fails closed: a text that cannot be scanned becomes <c>[REDACTED:error]</c>.
/// </summary>
public sealed class RedactionSession
{
    private readonly Lock _gate = new();
    private readonly KnownValues _known;
    private volatile ScanPlan _plan;

    /// <summary>Starts a session with its own random key and no known values.</summary>
    public RedactionSession(RedactionRules rules)
        : this(rules, KeyedId.ForSession())
    {
    }

    /// <summary>Starts a session under a key of one's own, so that fingerprints can be compared between runs (a baseline of accepted findings).</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="fingerprintKey">16 random bytes. Who holds them can test guesses of a value against its fingerprint; keep them as secret as the baseline needs.</param>
    /// <exception cref="ArgumentException">The key does not have 16 bytes.</exception>
    public RedactionSession(RedactionRules rules, ReadOnlySpan<byte> fingerprintKey)
        : this(rules, fingerprintKey.Length == KeyedId.KeyLength ? new KeyedId(fingerprintKey) : throw new ArgumentException($"The key of fingerprints has {KeyedId.KeyLength} bytes.", nameof(fingerprintKey)))
    {
    }

    private RedactionSession(RedactionRules rules, ScanPlan plan, KnownValues known)
    {
        Rules = rules;
        _known = known;
        _plan = plan with { Options = rules };
    }

    internal RedactionSession(RedactionRules rules, KeyedId ids)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Rules = rules;
        _known = new(ids);
        _plan = new(RuleTable.Index, null, rules, ids);
    }

    /// <summary>The rules of this session.</summary>
    public RedactionRules Rules { get; }

    internal ScanPlan Plan => _plan;

    /// <summary>
    /// A session with the same key and the values known so far under other rules: its placeholders match those of this one. Values that are
    /// added to either later do not reach the other.
    /// </summary>
    public RedactionSession With(RedactionRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        lock (_gate)
        {
            return new(rules, _plan, _known.Copy());
        }
    }

    /// <summary>A session with the values known so far under other rules and another key.</summary>
    internal RedactionSession With(RedactionRules rules, ReadOnlySpan<byte> fingerprintKey)
    {
        RedactionSession session = new(rules, fingerprintKey);
        lock (_gate)
        {
            session._known.AddAll(_known);
        }

        session._plan = session._plan with { Known = session._known.CompileOrNull() };
        return session;
    }

    /// <summary>Whether a text ends in the first bytes of a known value, at least <paramref name="least"/>.</summary>
    internal bool EndsInKnown(ReadOnlySpan<byte> text, int least)
    {
        if (_plan.Known is null)
        {
            return false;
        }

        lock (_gate)
        {
            return _known.IsBegunAtEnd(text, least);
        }
    }

    /// <summary>
    /// From now on redacts every occurrence of the value: raw, URL-encoded, base64 at any offset, base64url, JSON-escaped at any depth,
    /// HTML-escaped, hexadecimal, broken by line wraps or colours; a multi-line value also line by line. The secret is copied.
    /// </summary>
    public KnownValueResult AddKnown(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        lock (_gate)
        {
            KnownValueResult result = secret.Use(_known.Add);
            if (result == KnownValueResult.Added)
            {
                _plan = _plan with { Known = _known.Compile() };
            }

            return result;
        }
    }

    /// <summary>The text without its secrets; the same reference when there are none.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return RedactSpan(text) ?? text;
    }

    /// <summary>The text under a property or variable name: when the name says that it is a secret, the whole of it is replaced.</summary>
    public string Redact(string text, string? name)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return ObjectRedactor.RedactNamed(this, text, name);
        }
        catch (Exception)
        {
            return Placeholder.Error;
        }
    }

    /// <summary>The text without its secrets, or null when it is clean.</summary>
    public string? RedactSpan(ReadOnlySpan<char> text)
    {
        try
        {
            return TextRedactor.Redact(_plan, text);
        }
        catch (Exception)
        {
            return Placeholder.Error;
        }
    }

    /// <summary>The value with every string in it redacted; secrets that a property name gives away too. The same reference when clean.</summary>
    /// <param name="value">A string, dictionary, list, array, <c>JsonElement</c>, <c>JsonNode</c> or anonymous value; other objects are returned as they are.</param>
    public object? Redact(object? value)
    {
        try
        {
            return ObjectRedactor.Redact(this, value);
        }
        catch (Exception)
        {
            return Placeholder.Error;
        }
    }

    /// <summary>
    /// Copies a text of any size without its secrets, in its own encoding (UTF-8 or single-byte; UTF-16 and UTF-32 by byte-order mark).
    /// Memory stays flat. The output is the same for every way that the input is cut into reads.
    /// </summary>
    /// <exception cref="IOException">Reading or writing failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was written until then is redacted.</exception>
    public RedactionReport Redact(Stream input, Stream output, Action<RedactionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return StreamRedactor.Run(_plan, input, output, progress, cancellationToken);
    }

    /// <summary>The same pass on the thread pool, for callers that may not block.</summary>
    public Task<RedactionReport> RedactAsync(Stream input, Stream output, Action<RedactionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Redact(input, output, progress, cancellationToken), cancellationToken);

    /// <summary>Where the secrets of a text stand, in order; empty when there are none.</summary>
    public IReadOnlyList<SecretFinding> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return TextRedactor.Find(_plan, text);
        }
        catch (Exception)
        {
            return [new() { Rule = "error", Class = RedactionClass.Known, Offset = 0, Length = Encoding.UTF8.GetByteCount(text), Line = 1, Column = 1, Fingerprint = new string('b', KeyedId.TextLength) }];
        }
    }

    /// <summary>Reads a text of any size and reports where its secrets stand, in order, as soon as each is decided. Memory stays flat.</summary>
    /// <exception cref="IOException">Reading failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RedactionReport Find(Stream input, Action<SecretFinding> found, Action<RedactionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(found);
        return StreamRedactor.Find(_plan, input, found, progress, cancellationToken);
    }

    /// <summary>The same on the thread pool; <paramref name="found"/> is called there.</summary>
    public Task<RedactionReport> FindAsync(Stream input, Action<SecretFinding> found, Action<RedactionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Find(input, found, progress, cancellationToken), cancellationToken);
}
