namespace AgentFlow.Safety.Redaction;

/// <summary>Reports each finding with the bytes that it stands for, which the receiver may only look at.</summary>
internal sealed class ValueSink : StreamSink
{
    /// <summary>Longest value that is handed on; a longer one comes empty.</summary>
    private const int Longest = 64 * 1024;

    private readonly LocatingSink _places;
    private readonly FoundValue _found;
    private readonly List<byte> _value = [];
    private SecretFinding? _finding;

    public ValueSink(FoundValue found)
    {
        _found = found;
        _places = new(finding => _finding = finding);
    }

    public override void Text(ReadOnlySpan<byte> bytes) => _places.Text(bytes);

    public override void Hidden(ReadOnlySpan<byte> bytes)
    {
        _places.Hidden(bytes);
        _value.AddRange(bytes[..Math.Min(bytes.Length, Math.Max(0, Longest + 1 - _value.Count))]);
    }

    public override void Found(Finding finding)
    {
        _places.Found(finding);
        Span<byte> value = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_value);
        _found(_finding!, value.Length > Longest ? [] : value);
        value.Clear();
        _value.Clear();
    }
}
