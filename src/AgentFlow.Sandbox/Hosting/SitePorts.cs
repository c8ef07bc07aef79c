namespace AgentFlow.Sandbox.Hosting;

/// <summary>
/// The loopback ports: one main port for control and providers, one for the production alias, and a pool from which each
/// deployment takes its own, so that alias and immutable addresses are different origins.
/// </summary>
internal sealed class SitePorts
{
    /// <summary>How many deployments can be served at the same time.</summary>
    public const int PoolSize = 24;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, string> _owners = [];
    private int[] _pool = [];

    public int Main { get; private set; }

    public int Alias { get; private set; }

    public string MainOrigin => $"http://127.0.0.1:{Main}";

    public string AliasHost => $"127.0.0.1:{Alias}";

    public void Bind(IReadOnlyList<int> ports)
    {
        (Main, Alias, _pool) = (ports[0], ports[1], [.. ports.Skip(2)]);
    }

    /// <summary>Gives a deployment an address of its own (<c>127.0.0.1:PORT</c>); null when the pool is empty.</summary>
    public string? Take(string deployment)
    {
        lock (_gate)
        {
            foreach (int port in _pool)
            {
                if (_owners.TryAdd(port, deployment))
                {
                    return $"127.0.0.1:{port}";
                }
            }

            return null;
        }
    }

    /// <summary>Gives one deployment's address to another.</summary>
    public string Replace(string from, string to)
    {
        lock (_gate)
        {
            int port = _owners.First(pair => pair.Value == from).Key;
            _owners[port] = to;
            return $"127.0.0.1:{port}";
        }
    }

    /// <summary>Whether a deployment still answers at an address of the pool.</summary>
    public bool IsHeldBy(string host, string deployment)
    {
        lock (_gate)
        {
            return _owners.Any(pair => pair.Value == deployment && host == $"127.0.0.1:{pair.Key}");
        }
    }

    /// <summary>Takes all addresses back.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _owners.Clear();
        }
    }

    /// <summary>The deployment that answers on a pool port; null for a port that nobody has.</summary>
    public string? OwnerOf(int port)
    {
        lock (_gate)
        {
            return _owners.GetValueOrDefault(port);
        }
    }
}
