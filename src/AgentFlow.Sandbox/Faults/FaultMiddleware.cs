using System.Buffers;
using System.Diagnostics;
using System.Text;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Recording;
using Microsoft.AspNetCore.Http.Features;

namespace AgentFlow.Sandbox.Faults;

/// <summary>Lets requests go wrong as the fault book says.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, SandboxState sandbox, FaultBodies bodies)
{
    private const int DripPieces = 40;

    public async Task InvokeAsync(HttpContext http)
    {
        RequestRecord record = http.Features.GetRequiredFeature<RequestRecord>();
        if (record.Provider == RequestRecord.Control)
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        FaultRule? breaking = null;
        foreach (FaultRule rule in sandbox.Faults.For(record))
        {
            record.AddFault(rule.Kind);
            if (rule.Kind == FaultKind.Latency)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(rule.Milliseconds), sandbox.Time, http.RequestAborted).ConfigureAwait(false);
            }
            else
            {
                breaking ??= rule;
            }
        }

        await (breaking?.Kind switch
        {
            null => next(http),
            FaultKind.Status => RefuseAsync(http, record, breaking),
            FaultKind.Reset => ResetAsync(http),
            FaultKind.Lost => LoseAsync(http),
            FaultKind.Late => ActLateAsync(http, breaking),
            FaultKind.Twice => ActTwiceAsync(http),
            FaultKind.CrashBefore => CrashAsync(http, breaking, act: false),
            FaultKind.CrashAfter => CrashAsync(http, breaking, act: true),
            _ => SpoilAsync(http, breaking),
        }).ConfigureAwait(false);
    }

    private static Task ResetAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    // The request was read whole before it came here, so that it can be acted on without a client.
    private async Task ActAsync(HttpContext http)
    {
        IHttpResponseBodyFeature outer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            http.Features.Set(outer);
        }
    }

    private async Task LoseAsync(HttpContext http)
    {
        await ActAsync(http).ConfigureAwait(false);
        http.Abort();
    }

    private async Task ActLateAsync(HttpContext http, FaultRule rule)
    {
        int generation = sandbox.Generation;
        await Task.Delay(TimeSpan.FromMilliseconds(rule.Milliseconds), sandbox.Time, CancellationToken.None).ConfigureAwait(false);
        if (generation != sandbox.Generation)
        {
            // A world that is gone; its ids may be those of the new one.
            http.Abort();
            return;
        }

        if (http.RequestAborted.IsCancellationRequested)
        {
            http.RequestAborted = CancellationToken.None;
            await ActAsync(http).ConfigureAwait(false);
            return;
        }

        await next(http).ConfigureAwait(false);
    }

    private async Task ActTwiceAsync(HttpContext http)
    {
        await ActAsync(http).ConfigureAwait(false);
        http.Response.Clear();
        http.Request.Body.Position = 0;
        http.SetEndpoint(null);
        await next(http).ConfigureAwait(false);
    }

    private async Task CrashAsync(HttpContext http, FaultRule rule, bool act)
    {
        if (act)
        {
            await ActAsync(http).ConfigureAwait(false);
        }

        try
        {
            using Process victim = Process.GetProcessById(rule.ProcessId);
            victim.Kill();
        }
        catch (ArgumentException)
        {
            // It is dead already.
        }

        http.Abort();
    }

    private async Task RefuseAsync(HttpContext http, RequestRecord record, FaultRule rule)
    {
        http.Response.StatusCode = rule.Status;
        if (rule.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        (string type, string body) = bodies.For(record.Provider, rule.Status);
        http.Response.ContentType = type;
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
    }

    // The true answer is collected first: what is spoilt is its way to the client.
    private async Task SpoilAsync(HttpContext http, FaultRule rule)
    {
        IHttpResponseBodyFeature outer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using MemoryStream collected = new();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(collected));
        try
        {
            await next(http).ConfigureAwait(false);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            http.Features.Set(outer);
        }

        ReadOnlyMemory<byte> body = collected.GetBuffer().AsMemory(0, (int)collected.Length);
        http.Response.ContentLength = null;
        await (rule.Kind switch
        {
            FaultKind.Truncate => TruncateAsync(http, body),
            FaultKind.Malform => MalformAsync(http, body),
            _ => DripAsync(http, body, TimeSpan.FromMilliseconds(rule.Milliseconds)),
        }).ConfigureAwait(false);
    }

    private static async Task TruncateAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentLength = Math.Max(body.Length, 2);
        await http.Response.Body.WriteAsync(body[..(body.Length / 2)], http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Abort();
    }

    private static async Task MalformAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        ArrayBufferWriter<byte> broken = new(body.Length + 16);
        broken.Write(body.Span[..(body.Length * 2 / 3)]);
        broken.Write("\u0001 ]}{ undefined"u8);
        http.Response.ContentLength = broken.WrittenCount;
        await http.Response.Body.WriteAsync(broken.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task DripAsync(HttpContext http, ReadOnlyMemory<byte> body, TimeSpan pause)
    {
        http.Response.ContentLength = body.Length;
        int piece = Math.Max(1, (body.Length + DripPieces - 1) / DripPieces);
        for (int at = 0; at < body.Length; at += piece)
        {
            await http.Response.Body.WriteAsync(body.Slice(at, Math.Min(piece, body.Length - at)), http.RequestAborted).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            await Task.Delay(pause, sandbox.Time, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
