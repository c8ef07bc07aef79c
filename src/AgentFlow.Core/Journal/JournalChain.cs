using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AgentFlow.Journal;

/// <summary>
/// <c>af-chain-v1</c>. Hash = SHA-256(UTF-8 "af-chain-v1" ‖ 0x0A ‖ the 32 bytes of the previous hash ‖ UTF-8 of the canonical
/// entry); canonical entry = RFC 8785 JSON of {actor, at, data, sequence, stream, subject, type}; the first previous hash is 32 zero bytes.
/// </summary>
public static class JournalChain
{
    /// <summary>The previous hash of a stream's first entry.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The time as it stands in the canonical entry and in the store: UTC, microseconds.</summary>
    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads <see cref="FormatTime"/> back.</summary>
    public static DateTimeOffset ParseTime(string text) =>
        new(DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal), TimeSpan.Zero);

    /// <summary>Builds the entry that follows <paramref name="head"/>.</summary>
    public static JournalEntry Next(JournalHead? head, JournalDraft draft, string actor, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(draft);
        JournalEntry open = new()
        {
            Stream = draft.Stream,
            Sequence = (head?.Sequence ?? 0) + 1,
            RecordedAt = ParseTime(FormatTime(now)),
            Actor = actor,
            Type = draft.Type,
            Subject = draft.Subject,
            Data = CanonicalJson.Write(draft.Data),
            PreviousHash = head?.Hash ?? Genesis,
            Hash = string.Empty,
        };
        return open with { Hash = Hash(open) };
    }

    /// <summary>The hash that an entry must have; lower-case hex.</summary>
    /// <exception cref="FormatException">The previous hash is not hex.</exception>
    /// <exception cref="System.Text.Json.JsonException">The data are not JSON.</exception>
    public static string Hash(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        JsonObject canonical = new()
        {
            ["actor"] = entry.Actor,
            ["at"] = FormatTime(entry.RecordedAt),
            ["data"] = JsonNode.Parse(entry.Data),
            ["sequence"] = entry.Sequence,
            ["stream"] = entry.Stream,
            ["subject"] = entry.Subject,
            ["type"] = entry.Type,
        };
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("af-chain-v1\n"u8);
        hash.AppendData(Convert.FromHexString(entry.PreviousHash));
        hash.AppendData(Encoding.UTF8.GetBytes(CanonicalJson.Write(canonical)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
