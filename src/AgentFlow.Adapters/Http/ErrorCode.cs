using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AgentFlow.Adapters.Http;

/// <summary>What may be taken from an error's body: its code, when that is plainly a code. A provider's sentences may quote what we sent.</summary>
/// <param name="Code">Lower-case words joined by <c>_</c>, <c>-</c> or <c>.</c>, or the letters of AWS's; null when there is none of that shape.</param>
/// <param name="InvalidToken">The body says that the token itself is bad, whatever the status says.</param>
internal readonly record struct ErrorCode(string? Code, bool InvalidToken)
{
    private const int LongestCode = 48;

    private static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // AWS answers a bad credential with 403, as it does a missing permission (AccessDenied).
    private static readonly HashSet<string> s_badCredentials = ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "InvalidAccessKeyId", "SignatureDoesNotMatch", "UnrecognizedClientException"];

    private static readonly SearchValues<char> s_plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_-.");

    /// <summary>Reads <c>{"error":{"code",…}}</c>, <c>{"error":"code"}</c> or <c>{"code"}</c>, and AWS's <c>&lt;Code&gt;</c>; nothing for anything else, cut-off bodies included.</summary>
    public static ErrorCode Read(ReadOnlySpan<byte> body)
    {
        if (body.TrimStart((byte)' ').StartsWith("<"u8))
        {
            return ReadXml(body);
        }

        Utf8JsonReader reader = new(body);
        string? code = null;
        bool invalidToken = false;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 2)
                {
                    continue;
                }

                bool isCode = reader.ValueTextEquals("code"u8);
                bool isError = reader.CurrentDepth == 1 && reader.ValueTextEquals("error"u8);
                bool isInvalid = reader.ValueTextEquals("invalidToken"u8);
                if (!reader.Read())
                {
                    break;
                }

                if ((isCode || isError) && reader.TokenType == JsonTokenType.String)
                {
                    code ??= Plain(reader.GetString());
                }
                else if (isInvalid)
                {
                    invalidToken = reader.TokenType == JsonTokenType.True;
                }
                else if (!isError)
                {
                    reader.TrySkip();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or cut off: what was read so far stands. InvalidOperationException is text that is not UTF-8.
        }

        return new(code, invalidToken || code is "invalid_token" or "token_expired");
    }

    private static ErrorCode ReadXml(ReadOnlySpan<byte> body)
    {
        int start = body.IndexOf("<Code>"u8);
        int length = start < 0 ? -1 : body[(start + "<Code>"u8.Length)..].IndexOf("</Code>"u8);
        if (length is < 2 or > LongestCode)
        {
            return default;
        }

        string code = Encoding.ASCII.GetString(body.Slice(start + "<Code>"u8.Length, length));
        return code.AsSpan().ContainsAnyExcept(s_letters) ? default : new(code, s_badCredentials.Contains(code));
    }

    private static string? Plain(string? text) => text is { Length: > 1 and <= LongestCode } && !text.AsSpan().ContainsAnyExcept(s_plain) ? text : null;
}
