using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using Octokit;
using Octokit.Internal;

namespace AgentFlow.Adapters.GitHub;

/// <summary>Octokit's connection over the shared pipeline. Status faults come from the pipeline; what Octokit itself throws ends here.</summary>
internal sealed class GitHubApi(HttpClients clients, ServiceEndpoint endpoint)
{
    private readonly Connection _connection = new(
        new Octokit.ProductHeaderValue("AgentFlow.PS"),
        endpoint.BaseAddress,
        new InMemoryCredentialStore(Credentials.Anonymous),
        new HttpClientAdapter(() => clients.CreateHandler(endpoint)),
        new SimpleJsonSerializer());

    public ServiceEndpoint Endpoint => endpoint;

    public HttpClients Clients => clients;

    /// <summary>Reads one object with the answer's headers; segments of the path are escaped here.</summary>
    public async Task<IApiResponse<T>> GetAsync<T>(IReadOnlyList<string> segments, IDictionary<string, string>? parameters, CancellationToken cancellationToken)
        where T : class
    {
        string path = string.Join('/', segments.Select(UrlSegment.Escape));
        try
        {
            IApiResponse<T> response = await _connection.Get<T>(new Uri(path, UriKind.Relative), parameters, AcceptHeaders.StableVersionJson, cancellationToken).ConfigureAwait(false);
            return response.Body is null ? throw Malformed(path) : response;
        }
        catch (Exception exception) when (exception is not AfFaultException and not OperationCanceledException)
        {
            // Octokit's exceptions carry the whole response, and its serialiser throws many types on a body that is not JSON.
            throw Malformed(path);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AfFaultException(
                FaultKind.Timeout, FaultId.ServiceTimeout, $"GitHub did not finish GET {path} in time.", $"Run the command again; if it stays slow, see {endpoint.StatusPage}.", $"GitHub GET {path}");
        }
    }

    /// <summary>Reads one object; null when GitHub shows none.</summary>
    public async Task<T?> FindAsync<T>(IReadOnlyList<string> segments, IDictionary<string, string>? parameters, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return (await GetAsync<T>(segments, parameters, cancellationToken).ConfigureAwait(false)).Body;
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return null;
        }
    }

    private AfFaultException Malformed(string path) => HttpFaults.Malformed(endpoint, $"GET {endpoint.BaseAddress.AbsolutePath}{path}", "something other than the documented JSON");
}
