namespace AgentFlow.Rls.Access;

/// <summary>A database whose tenant isolation is looked at.</summary>
public interface IRlsDatabase
{
    /// <summary><c>host:port/database</c>, without a password.</summary>
    string Address { get; }

    /// <summary>Host name or socket folder of the address.</summary>
    string Host { get; }

    /// <summary>True when the database is on this machine.</summary>
    bool IsLoopback { get; }

    /// <summary>The Supabase project ref in the address or user name; null without one.</summary>
    string? Ref { get; }

    /// <summary>Opens a connection with one transaction that is always rolled back.</summary>
    /// <param name="writes">False for READ ONLY, true for probes that need more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Faults.AfFaultException">The database cannot be used.</exception>
    Task<IRlsSession> BeginAsync(bool writes, CancellationToken cancellationToken);
}
