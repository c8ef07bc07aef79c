using System.Globalization;
using System.Text;

namespace AgentFlow.Adapters.Git;

/// <summary>What a commit object says: the author's name, the time, the message.</summary>
internal sealed record CommitHead(string? Author, DateTimeOffset? At, byte[] Message)
{
    private const int Longest = 4 * 1024 * 1024;

    public static CommitHead None { get; } = new(null, null, []);

    public static CommitHead Read(Stream content)
    {
        byte[] bytes = new byte[Math.Min(content.Length, Longest)];
        content.ReadExactly(bytes);
        int blank = bytes.AsSpan().IndexOf("\n\n"u8);
        string head = Encoding.UTF8.GetString(bytes, 0, blank < 0 ? bytes.Length : blank);
        string? line = head.Split('\n').FirstOrDefault(text => text.StartsWith("author ", StringComparison.Ordinal));
        int mail = line?.IndexOf(" <", StringComparison.Ordinal) ?? -1;
        return new(mail > 7 ? line![7..mail] : null, Time(line), blank < 0 ? [] : bytes[(blank + 2)..]);
    }

    // "author Ada Example <ada@example.com> 1767225600 +0100"
    private static DateTimeOffset? Time(string? line) =>
        line?.Split(' ') is [.., { } seconds, _] && long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long at) && at is > -62_000_000_000 and < 250_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(at)
            : null;
}
