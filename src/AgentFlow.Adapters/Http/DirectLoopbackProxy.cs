using System.Net;

namespace AgentFlow.Adapters.Http;

/// <summary>The machine's own proxy settings, except that this machine itself is reached directly: a rehearsal must not leave it.</summary>
internal sealed class DirectLoopbackProxy : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => HttpClient.DefaultProxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}
