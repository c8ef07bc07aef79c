using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Keeps line and column while the text passes by and reports each finding with the place of its first byte.</summary>
internal sealed class LocatingSink(Action<SecretFinding> found) : StreamSink
{
    private long _offset;
    private long _line = 1;
    private long _column = 1;
    private (long Offset, long Line, long Column)? _start;

    public override void Text(ReadOnlySpan<byte> bytes) => Advance(bytes);

    public override void Hidden(ReadOnlySpan<byte> bytes)
    {
        _start ??= (_offset, _line, _column);
        Advance(bytes);
    }

    public override void Found(Finding finding)
    {
        (long offset, long line, long column) = _start ?? (_offset, _line, _column);
        _start = null;
        Span<byte> id = stackalloc byte[KeyedId.TextLength];
        KeyedId.Write(finding.Id, id);
        found(new()
        {
            Rule = finding.Rule < 0 ? "error" : RuleTable.All[finding.Rule].Name,
            Class = finding.Rule < 0 ? RedactionClass.Known : RuleTable.All[finding.Rule].Class,
            Offset = offset,
            Length = _offset - offset,
            Line = line,
            Column = column,
            Fingerprint = Encoding.ASCII.GetString(id),
        });
    }

    private void Advance(ReadOnlySpan<byte> bytes)
    {
        _offset += bytes.Length;
        int last = bytes.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += bytes.Count((byte)'\n');
            _column = 1;
        }

        // A byte that continues a UTF-8 character is no column.
        ReadOnlySpan<byte> tail = bytes[(last + 1)..];
        int characters = tail.Length;
        for (int i = tail.IndexOfAnyInRange((byte)0x80, (byte)0xBF); i >= 0 && i < tail.Length; i++)
        {
            characters -= (tail[i] & 0xC0) == 0x80 ? 1 : 0;
        }

        _column += characters;
    }
}
