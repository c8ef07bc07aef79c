using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Writes build events as one array or as one JSON text per line.</summary>
internal sealed class EventWriter(PipeWriter target, bool lines) : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json = new(target, s_options);
    private long _flushed;
    private long _written;

    /// <summary>Bytes since the last flush.</summary>
    public long Pending => _written + _json.BytesPending + _json.BytesCommitted - _flushed;

    public void Begin()
    {
        if (!lines)
        {
            _json.WriteStartArray();
        }
    }

    public void End()
    {
        if (!lines)
        {
            _json.WriteEndArray();
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        _json.Flush();
        _flushed = _written + _json.BytesCommitted;
        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>State changes and error lines come flat, all others with a payload: clients must read both.</summary>
    public void Write(VercelDeployment deployment, int number, long time, BuildLine line)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{time}{number:D12}");
        bool isFlat = line.Type is "deployment-state" or "stderr" or "exit";
        _json.WriteStartObject();
        _json.WriteString("type"u8, line.Type);
        _json.WriteNumber("created"u8, time);
        if (!isFlat)
        {
            _json.WriteStartObject("payload"u8);
        }

        _json.WriteString("deploymentId"u8, deployment.Id);
        _json.WriteString("id"u8, id);
        _json.WriteNumber("date"u8, time);
        _json.WriteString("serial"u8, id);
        if (line.Text is not null)
        {
            _json.WriteString("text"u8, line.Text);
        }

        _json.WriteStartObject("info"u8);
        _json.WriteString("type"u8, "build"u8);
        _json.WriteString("name"u8, "bld_agentflow"u8);
        if (line.ReadyState is not null)
        {
            _json.WriteString("readyState"u8, line.ReadyState);
        }

        _json.WriteEndObject();
        if (!isFlat)
        {
            _json.WriteEndObject();
        }
        else if (line.Type == "stderr")
        {
            _json.WriteString("level"u8, line.Text!.Contains("warn", StringComparison.Ordinal) ? "warning"u8 : "error"u8);
        }

        _json.WriteEndObject();
        Next();
    }

    /// <summary>The third shape: the addresses that were assigned, without id and serial.</summary>
    public void WriteAssigned(VercelDeployment deployment, long time, IReadOnlyList<string> hosts)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, "alias-assigned"u8);
        _json.WriteString("deploymentId"u8, deployment.Id);
        _json.WriteNumber("date"u8, time);
        _json.WriteStartArray("alias"u8);
        foreach (string host in hosts)
        {
            _json.WriteStringValue(host);
        }

        _json.WriteEndArray();
        _json.WriteNull("aliasError"u8);
        _json.WriteNull("aliasWarning"u8);
        _json.WriteEndObject();
        Next();
    }

    public void WriteKeepAlive()
    {
        _json.WriteStartObject();
        _json.WriteEndObject();
        Next();
    }

    public void Dispose() => _json.Dispose();

    private void Next()
    {
        if (lines)
        {
            _json.Flush();
            _written += _json.BytesCommitted + 1;
            _json.Reset(target);
            target.GetSpan(1)[0] = (byte)'\n';
            target.Advance(1);
        }
    }
}
