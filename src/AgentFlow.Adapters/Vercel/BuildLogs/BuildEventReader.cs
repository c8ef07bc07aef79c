using System.Text.Json;
using AgentFlow.Adapters.Vercel.Wire;

namespace AgentFlow.Adapters.Vercel.BuildLogs;

/// <summary>
/// Reads build events from pieces of a body, as one JSON array or one object per line, in all three documented shapes: with a
/// <c>payload</c>, flat, and <c>alias-assigned</c>. Keeps its place between pieces and holds one event at most.
/// </summary>
internal sealed class BuildEventReader
{
    private static readonly JsonReaderOptions s_options = new() { AllowMultipleValues = true, MaxDepth = 64 };

    private readonly List<string> _hosts = [];
    private JsonReaderState _state = new(s_options);
    private int _open;
    private BuildEventField _field;
    private int _eventDepth = -1;
    private int _payloadDepth = -1;
    private int _infoDepth = -1;
    private string? _type;
    private string? _level;
    private string? _text;
    private string? _readyState;
    private double _created;
    private double _date;
    private bool _hasCreated;
    private long _index;

    /// <summary>True when no list and no event is open: a body that ends here is whole.</summary>
    public bool IsWhole => _open == 0;

    /// <summary>Reads what is whole in the piece, adds its lines and answers how many bytes were used.</summary>
    /// <exception cref="JsonException">The piece is not such JSON; lines before the fault have been added.</exception>
    public int Read(ReadOnlySpan<byte> piece, bool isLast, List<BuildLogLine> lines)
    {
        Utf8JsonReader reader = new(piece, isLast, _state);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _field = _eventDepth < 0 ? BuildEventField.None : Identify(ref reader);
                    break;
                case JsonTokenType.StartObject:
                    _open++;
                    Open(reader.CurrentDepth);
                    break;
                case JsonTokenType.EndObject:
                    _open--;
                    Close(reader.CurrentDepth, lines);
                    break;
                case JsonTokenType.StartArray:
                    _open++;
                    break;
                case JsonTokenType.EndArray:
                    _open--;
                    _field = BuildEventField.None;
                    break;
                case JsonTokenType.String:
                    TakeText(ref reader);
                    break;
                case JsonTokenType.Number when _field is BuildEventField.Created or BuildEventField.Date:
                    TakeTime(reader.GetDouble());
                    break;
                default:
                    _field = BuildEventField.None;
                    break;
            }
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private BuildEventField Identify(ref Utf8JsonReader reader)
    {
        int depth = reader.CurrentDepth;
        bool direct = depth == _eventDepth + 1;
        if (direct || depth == _payloadDepth + 1)
        {
            return reader.ValueSpan.Length switch
            {
                4 when reader.ValueTextEquals("text"u8) => BuildEventField.Text,
                4 when direct && reader.ValueTextEquals("type"u8) => BuildEventField.Type,
                4 when reader.ValueTextEquals("date"u8) => BuildEventField.Date,
                4 when reader.ValueTextEquals("info"u8) => BuildEventField.Info,
                5 when direct && reader.ValueTextEquals("level"u8) => BuildEventField.Level,
                5 when direct && reader.ValueTextEquals("alias"u8) => BuildEventField.Alias,
                7 when reader.ValueTextEquals("created"u8) => BuildEventField.Created,
                7 when direct && reader.ValueTextEquals("payload"u8) => BuildEventField.Payload,
                _ => BuildEventField.None,
            };
        }

        return depth == _infoDepth + 1 && reader.ValueTextEquals("readyState"u8) ? BuildEventField.ReadyState : BuildEventField.None;
    }

    private void Open(int depth)
    {
        if (_eventDepth < 0)
        {
            // An event stands in the outer list or alone on its line.
            _eventDepth = depth;
        }
        else if (_field == BuildEventField.Payload)
        {
            _payloadDepth = depth;
        }
        else if (_field == BuildEventField.Info)
        {
            _infoDepth = depth;
        }

        _field = BuildEventField.None;
    }

    private void Close(int depth, List<BuildLogLine> lines)
    {
        _field = BuildEventField.None;
        if (depth == _infoDepth)
        {
            _infoDepth = -1;
        }
        else if (depth == _payloadDepth)
        {
            _payloadDepth = -1;
        }
        else if (depth == _eventDepth)
        {
            Emit(lines);
            _eventDepth = -1;
            (_type, _level, _text, _readyState, _created, _date, _hasCreated) = (null, null, null, null, 0, 0, false);
            _hosts.Clear();
        }
    }

    private void TakeText(ref Utf8JsonReader reader)
    {
        switch (_field)
        {
            case BuildEventField.Text:
                _text = reader.GetString();
                break;
            case BuildEventField.Type:
                _type = Known(ref reader);
                break;
            case BuildEventField.Level:
                _level = reader.ValueTextEquals("error"u8) ? "error" : reader.ValueTextEquals("warning"u8) ? "warning" : reader.GetString();
                break;
            case BuildEventField.ReadyState:
                _readyState = reader.GetString();
                break;
            case BuildEventField.Alias:
                // The list goes on: the field stays.
                _hosts.Add(reader.GetString()!);
                return;
            default:
                break;
        }

        _field = BuildEventField.None;
    }

    private void TakeTime(double value)
    {
        if (_field == BuildEventField.Created)
        {
            (_created, _hasCreated) = (value, true);
        }
        else
        {
            _date = value;
        }

        _field = BuildEventField.None;
    }

    // The usual words are not made anew for each of a hundred thousand lines.
    private static string Known(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("stdout"u8) ? "stdout"
        : reader.ValueTextEquals("stderr"u8) ? "stderr"
        : reader.ValueTextEquals("command"u8) ? "command"
        : reader.GetString()!;

    private void Emit(List<BuildLogLine> lines)
    {
        string? text = _text ?? _type switch
        {
            "alias-assigned" when _hosts.Count > 0 => $"Aliases assigned: {string.Join(", ", _hosts)}",
            "deployment-state" => _readyState,
            _ => null,
        };

        // Without a time of its own and without text it only keeps the connection open.
        if (text is null || (text.Length == 0 && !_hasCreated))
        {
            return;
        }

        DateTimeOffset? at = LooseTimeConverter.FromMilliseconds(_hasCreated ? _created : _date);
        ReadOnlySpan<char> rest = text.AsSpan().TrimEnd("\r\n");
        if (rest.Length == text.Length && !rest.Contains('\n'))
        {
            Add(lines, at, text);
            return;
        }

        foreach (Range range in rest.Split('\n'))
        {
            Add(lines, at, rest[range].TrimEnd('\r').ToString());
        }
    }

    private void Add(List<BuildLogLine> lines, DateTimeOffset? at, string text) =>
        lines.Add(new() { Index = _index++, Timestamp = at, Kind = _type ?? "unknown", Level = _level, Text = text });
}
