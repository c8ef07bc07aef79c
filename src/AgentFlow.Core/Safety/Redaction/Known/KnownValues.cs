using System.Collections.Frozen;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>The values that a session holds itself. Not synchronised; the session does that.</summary>
internal sealed class KnownValues(KeyedId ids)
{
    private const int MinLength = 6;
    private const int MinLengthOfOneClass = 8;

    private static readonly FrozenSet<string> s_common = FrozenSet.ToFrozenSet(
        ["password", "passw0rd", "production", "preview", "development", "staging", "localhost", "postgres", "supabase", "undefined", "anonymous",
            "authenticated", "service_role", "administrator", "disabled", "enabled", "required", "optional", "default", "example", "changeme",
            "placeholder", "redacted", "username", "document", "database", "internal", "external", "function", "response", "continue", "us-east-1",
            "eu-west-1", "eu-central-1", "application", "application/json", "agentflow", "https://", "postgresql", "connection", "authorization",
            "00000000-0000-0000-0000-000000000000", "127.0.0.1", "0.0.0.0", "http://localhost:3000", "main", "master", "secret", "string", "object"],
        StringComparer.OrdinalIgnoreCase);

    private readonly List<KnownValue> _values = [];
    private readonly HashSet<ulong> _ids = [];

    public KnownValueResult Add(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> trimmed = value.Trim(" \t\r\n"u8);
        KnownValueResult verdict = Judge(trimmed);
        if (verdict != KnownValueResult.Added)
        {
            return verdict;
        }

        ulong id = ids.Of(trimmed);
        if (!_ids.Add(id))
        {
            return KnownValueResult.AlreadyKnown;
        }

        _values.Add(new(trimmed.ToArray(), id));
        if (trimmed.Contains((byte)'\n'))
        {
            AddLines(trimmed, id);
        }

        return KnownValueResult.Added;
    }

    /// <summary>The same values in a collection of its own.</summary>
    public KnownValues Copy()
    {
        KnownValues copy = new(ids);
        copy._values.AddRange(_values);
        copy._ids.UnionWith(_ids);
        return copy;
    }

    /// <summary>Takes over the values of another collection; their ids are made anew.</summary>
    public void AddAll(KnownValues other)
    {
        foreach (KnownValue value in other._values)
        {
            value.Lend(bytes => Add(bytes));
        }
    }

    /// <summary>The anchors; null when there is no value.</summary>
    public AnchorIndex? CompileOrNull() => _values.Count == 0 ? null : Compile();

    /// <summary>Whether the text ends in the first bytes of a value, at least <paramref name="least"/>.</summary>
    public bool IsBegunAtEnd(ReadOnlySpan<byte> text, int least)
    {
        foreach (KnownValue value in _values)
        {
            if (value.IsBegunAtEnd(text, least))
            {
                return true;
            }
        }

        return false;
    }

    public AnchorIndex Compile() =>
        AnchorIndex.Build(_values.SelectMany(v => v.Anchors()).Select(a => (a, RuleTable.Known)), Math.Clamp((_values.Count / 4) + 1, 1, 6));

    private static KnownValueResult Judge(ReadOnlySpan<byte> value)
    {
        if (value.Length < MinLength)
        {
            return KnownValueResult.TooShort;
        }

        bool digitsOnly = !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        bool lettersOnly = ByteSet.Lower.Run(value, 0) == value.Length || ByteSet.Upper.Run(value, 0) == value.Length;
        if (value.Length < MinLengthOfOneClass && (digitsOnly || lettersOnly))
        {
            return KnownValueResult.TooShort;
        }

        bool oneCharacter = !value.ContainsAnyExcept(value[0]);
        return oneCharacter || (digitsOnly && value.Length < 12) || s_common.Contains(Encoding.UTF8.GetString(value))
            ? KnownValueResult.TooCommon
            : KnownValueResult.Added;
    }

    /// <summary>Each line alone, under the id of the whole; the frame of a PEM block is public.</summary>
    private void AddLines(ReadOnlySpan<byte> value, ulong id)
    {
        foreach (Range range in value.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = value[range].Trim(" \t\r"u8);
            if (!line.StartsWith("-----"u8) && line.Length >= MinLengthOfOneClass && Judge(line) == KnownValueResult.Added && _ids.Add(ids.Of(line)))
            {
                _values.Add(new(line.ToArray(), id));
            }
        }
    }
}
