using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Public network addresses, on request only; private, loopback and documentation ranges tell nothing about a person.</summary>
internal static class AddressRules
{
    private const int MaxIpv6 = 45;

    private static readonly ByteSet s_digits = new("0-9.");
    private static readonly ByteSet s_hex = new("0-9A-Fa-f:.");

    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        new("ipv4", RedactionClass.Address, "Public IPv4 address (on request)", [], StructuredExamples.Ipv4),
        new("ipv6", RedactionClass.Address, "Public IPv6 address (on request)", [], StructuredExamples.Ipv6),
    ];

    public static void Scan(ScanContext context, byte[] buffer, int length, int from, int to)
    {
        ReadOnlySpan<byte> window = buffer.AsSpan(0, length);
        for (int i = from; i < to; i++)
        {
            byte c = window[i];
            if (c == '.' && i > 0 && ByteSet.Digit[window[i - 1]])
            {
                VerifyIpv4(new(context, window, i, RuleTable.Ipv4));
            }
            else if (c == ':' && i > 0 && ByteSet.Hex[window[i - 1]])
            {
                VerifyIpv6(new(context, window, i, RuleTable.Ipv6));
            }
        }
    }

    /// <summary>Sighting: the first dot.</summary>
    private static void VerifyIpv4(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = site.At - ByteSet.Digit.RunBack(text, site.At, 4);
        int end = start + s_digits.Run(text, start, 16);
        ReadOnlySpan<byte> value = text[start..end].TrimEnd("."u8);
        if (start > 0 && (ByteSet.Word[text[start - 1]] || text[start - 1] is (byte)'.' or (byte)'-' or (byte)'/' && !text[..start].EndsWith("//"u8)) && !Escapes.LeftBoundary(text, start)
            || value.Count((byte)'.') != 3 || (start > 0 && text[start - 1] == '.')
            || (start + value.Length < text.Length && (ByteSet.Alnum[text[start + value.Length]] || (text[start + value.Length] == '-' && start + value.Length + 1 < text.Length && ByteSet.Alnum[text[start + value.Length + 1]]))))
        {
            return;
        }

        Span<byte> parts = stackalloc byte[4];
        int index = 0;
        foreach (Range range in value.Split((byte)'.'))
        {
            ReadOnlySpan<byte> part = value[range];
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !int.TryParse(part, out int number) || number > 255)
            {
                return;
            }

            parts[index++] = (byte)number;
        }

        if (IsPublic(parts))
        {
            site.Report(start, start + value.Length);
        }
    }

    private static bool IsPublic(ReadOnlySpan<byte> address) => !(address[0] is 0 or 10 or 127 or >= 224
        || (address[0] == 100 && (address[1] & 0xC0) == 64) || (address[0] == 169 && address[1] == 254) || (address[0] == 172 && (address[1] & 0xF0) == 16)
        || (address[0] == 192 && address[1] == 168) || (address[0] == 192 && address[1] == 0 && address[2] is 0 or 2)
        || (address[0] == 198 && address[1] is 18 or 19) || (address[0] == 198 && address[1] == 51 && address[2] == 100) || (address[0] == 203 && address[1] == 0 && address[2] == 113));

    /// <summary>Sighting: any colon behind a hexadecimal digit; only the first of an address counts.</summary>
    private static void VerifyIpv6(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = site.At - ByteSet.Hex.RunBack(text, site.At, 4);
        if (start > 0 && (text[start - 1] == ':' || !Escapes.LeftBoundary(text, start)))
        {
            return;
        }

        int run = s_hex.Run(text, start, MaxIpv6);
        ReadOnlySpan<byte> value = text.Slice(start, run).TrimEnd(".:"u8);
        if (value.Count((byte)':') < 3 || value.IndexOf("::"u8) < 0 && value.Count((byte)':') != 7)
        {
            return;
        }

        bool parsed = IPAddress.TryParse(Encoding.ASCII.GetString(value), out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        if (parsed && !address!.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6Multicast && !IPAddress.IsLoopback(address) && !value.StartsWith("2001:db8"u8))
        {
            site.Report(start, start + value.Length);
        }
    }
}
