using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>The encoding of a stream by its byte-order mark, and the way to UTF-8 and back.</summary>
internal sealed class StreamEncoding
{
    private readonly Stream _input;
    private readonly Encoding? _encoding;

    private StreamEncoding(Stream input, Encoding? encoding)
    {
        _input = input;
        _encoding = encoding;
    }

    /// <summary>Web name; <c>utf-8</c> also for ASCII supersets, which pass byte by byte.</summary>
    public string Name => _encoding?.WebName ?? "utf-8";

    /// <summary>Reads at most four bytes and puts them back in front.</summary>
    public static StreamEncoding Detect(Stream input)
    {
        byte[] head = new byte[4];
        int count = input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Encoding? encoding = head.AsSpan(0, count) switch
        {
            [0xFF, 0xFE, 0, 0] => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
            [0, 0, 0xFE, 0xFF] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
            [_, 0, _, 0] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
            [0, _, 0, _] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
            _ => null,
        };
        return new(new PrefixedStream(head.AsMemory(0, count), input), encoding);
    }

    /// <summary>The text as UTF-8; the byte-order mark travels with it as a character.</summary>
    public Stream Decode() => _encoding is null
        ? _input
        : Encoding.CreateTranscodingStream(_input, _encoding, new UTF8Encoding(false), leaveOpen: true);

    /// <summary>A stream that takes UTF-8 and writes the input's encoding.</summary>
    public Stream Encode(Stream output) => _encoding is null
        ? new UnownedStream(output)
        : Encoding.CreateTranscodingStream(output, _encoding, new UTF8Encoding(false), leaveOpen: true);
}
