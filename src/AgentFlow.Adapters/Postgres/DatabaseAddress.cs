using System.Net;
using AgentFlow.Safety;
using Npgsql;

namespace AgentFlow.Adapters.Postgres;

/// <summary>Where a connection goes, without its password.</summary>
public sealed record DatabaseAddress
{
    /// <summary>Host name or folder of a local socket; the first when there are several.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public string? Database { get; init; }

    /// <summary>True when every host is this machine.</summary>
    public required bool IsLoopback { get; init; }

    /// <summary>The Supabase project ref that the address carries; null without one.</summary>
    public string? Ref { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}/{Database}";

    internal static DatabaseAddress Of(NpgsqlConnectionStringBuilder builder)
    {
        string[] hosts = (builder.Host ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string first = hosts.FirstOrDefault() ?? string.Empty;
        return new()
        {
            Host = WithoutPort(first),
            Port = builder.Port,
            Database = builder.Database,
            IsLoopback = hosts.Length > 0 && hosts.All(IsLocal),
            Ref = hosts.Select(host => SupabaseRef.Find(WithoutPort(host), builder.Username, builder.Options)).FirstOrDefault(id => id is not null),
        };
    }

    private static bool IsLocal(string host)
    {
        string name = WithoutPort(host);
        return name.StartsWith('/') || name.StartsWith('@') || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    private static string WithoutPort(string host)
    {
        int colon = host.LastIndexOf(':');
        return colon > 0 && host.IndexOf(':', StringComparison.Ordinal) == colon ? host[..colon] : host.Trim('[', ']');
    }
}
