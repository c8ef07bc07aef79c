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
}
