using System.Buffers;
using System.Buffers.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>JSON web tokens, decoded to tell a service-role key and a user's token from a publishable one.</summary>
internal static class JwtVerifier
{
    private const int MaxPart = 16 * 1024;

    private static readonly ByteSet s_part = ByteSet.WordDash;
    private static readonly ByteSet s_wrapped = new("A-Za-z0-9_.-");

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool inside = site.At > 0 && ByteSet.Word[text[site.At - 1]] && !Escapes.LeftBoundary(text, site.At) && Length(text[(site.At - 1)..]) > 0;
        if (inside)
        {
            return;
        }

        int length = Length(text[site.At..]);
        if (length == 0)
        {
            return;
        }

        int end = site.At + length;
        Role role = RoleOf(text[site.At..end]);
        if (role == Role.Publishable)
        {
            return;
        }

        end = LineWrap.Extend(text, site.At, end, s_wrapped);
        short rule = role == Role.Service ? RuleTable.ServiceRole : RuleTable.Jwt;
        site.Report(site.At, end, rule, site.Context.Identify(text[site.At..end]));
    }

    /// <summary>Whether the value is a token of the anonymous role, which browsers hold by design.</summary>
    public static bool IsPublishable(ReadOnlySpan<byte> value) =>
        value.StartsWith("eyJ"u8) && Length(value) == value.Length && RoleOf(value) == Role.Publishable;

    /// <summary>Length of a compact token (three or five parts, or a payload whose signature was cut off) at the start of the text; 0 for none.</summary>
    private static int Length(ReadOnlySpan<byte> text)
    {
        int header = s_part.Run(text, 0, MaxPart);
        if (header < 12 || header + 4 >= text.Length || text[header] != '.')
        {
            return 0;
        }

        int second = s_part.Run(text, header + 1, MaxPart);
        int end = header + 1 + second;
        bool encrypted = second == 0 || !text[(header + 1)..].StartsWith("eyJ"u8);
        if (encrypted && !LooksLikeHeader(text[..header]))
        {
            return 0;
        }

        int parts = 2;
        int most = encrypted ? 5 : 3;
        while (parts < most && end < text.Length && text[end] == '.')
        {
            int run = s_part.Run(text, end + 1, MaxPart);
            if (run == 0 && !encrypted)
            {
                break;
            }

            end += 1 + run;
            parts++;
        }

        return encrypted && parts < 5 ? 0 : end;
    }

    private static bool LooksLikeHeader(ReadOnlySpan<byte> header)
    {
        Span<byte> decoded = stackalloc byte[256];
        int length = Decode(header[..Math.Min(header.Length, 256)], decoded);
        return length > 0 && decoded[..length].IndexOf("\"alg\""u8) >= 0;
    }

    private static Role RoleOf(ReadOnlySpan<byte> token)
    {
        int first = token.IndexOf((byte)'.');
        ReadOnlySpan<byte> rest = token[(first + 1)..];
        int second = rest.IndexOf((byte)'.');
        ReadOnlySpan<byte> payload = second < 0 ? rest : rest[..second];
        Span<byte> decoded = stackalloc byte[1536];
        int length = Decode(payload[..Math.Min(payload.Length, 2048)], decoded);
        ReadOnlySpan<byte> claims = decoded[..length];
        return Claims(claims, "service_role"u8) ? Role.Service : Claims(claims, "anon"u8) ? Role.Publishable : Role.User;
    }

    /// <summary>Whether the claims say <c>"role":"…"</c>, with or without blanks.</summary>
    private static bool Claims(ReadOnlySpan<byte> claims, ReadOnlySpan<byte> role)
    {
        int at = claims.IndexOf("\"role\""u8);
        if (at < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> value = claims[(at + 6)..].TrimStart(" :"u8);
        return value.Length > role.Length + 1 && value[0] == '"' && value[1..].StartsWith(role) && value[role.Length + 1] == '"';
    }

    private static int Decode(ReadOnlySpan<byte> part, Span<byte> output)
    {
        ReadOnlySpan<byte> whole = part[..(part.Length % 4 == 1 ? part.Length - 1 : part.Length)];
        return Base64Url.DecodeFromUtf8(whole, output, out _, out int written) is OperationStatus.Done or OperationStatus.DestinationTooSmall ? written : 0;
    }

    private enum Role
    {
        User,
        Service,
        Publishable,
    }
}
