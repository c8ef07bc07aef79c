using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentFlow.Adapters.Tests.Http;

/// <summary>A loopback server below HTTP: a script decides about every byte, so that it can break off, reset, drip or lie.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, Socket, NetworkStream, CancellationToken, Task> _script;
    private readonly Task _loop;
    private const char TlsHandshake = (char)0x16;

    private int _requests;

    public RawServer(Func<int, Socket, NetworkStream, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Requests seen so far.</summary>
    public int Requests => _requests;

    /// <summary>The head of each request.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A whole answer that closes the connection.</summary>
    public static byte[] Answer(string body, string headers = "") => Bytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The listener may have stopped between two connections.
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(Socket socket)
    {
        using NetworkStream stream = new(socket, ownsSocket: true);
        try
        {
            Heads.Enqueue(await ReadHeadAsync(stream));
            await _script(Interlocked.Increment(ref _requests), socket, stream, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
            if (head[0] == TlsHandshake)
            {
                break;
            }
        }

        return head.ToString();
    }
}
