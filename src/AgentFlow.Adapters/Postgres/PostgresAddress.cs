using AgentFlow.Faults;
using AgentFlow.Safety;
using Npgsql;

namespace AgentFlow.Adapters.Postgres;

/// <summary>Reads what operators keep as a connection: Npgsql's <c>Key=Value;…</c> or the <c>postgresql://</c> address that every dashboard shows.</summary>
internal static class PostgresAddress
{
    /// <exception cref="AfFaultException">AfDatabaseAddressInvalid; the text itself is never in it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(Secret secret)
    {
        string text = secret.Reveal().Trim();
        try
        {
            NpgsqlConnectionStringBuilder builder = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
                ? FromUri(new(text))
                : new(text);
            return string.IsNullOrEmpty(builder.Host) ? throw Invalid("names no host") : builder;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            // The driver's message quotes the text, password included.
            throw Invalid("cannot be read");
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        NpgsqlConnectionStringBuilder builder = new() { Host = uri.Host.Trim('[', ']') };
        if (!uri.IsDefaultPort && uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        if (uri.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        foreach (string part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            string value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : string.Empty;
            switch (pair[0].ToLowerInvariant())
            {
                case "sslmode":
                    builder.SslMode = Enum.Parse<SslMode>(value.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true);
                    break;
                case "options":
                    builder.Options = value;
                    break;
                case "sslrootcert":
                    builder.RootCertificate = value;
                    break;
                case "host" when value.Length > 0:
                    builder.Host = value;
                    break;

                // What an ORM adds for itself (pgbouncer, connection_limit, schema, …) says nothing about where the database is.
            }
        }

        return builder;
    }

    private static AfFaultException Invalid(string what) => new(
        FaultKind.InvalidArgument,
        FaultId.DatabaseAddressInvalid,
        $"The database connection {what}.",
        "Store 'Host=…;Port=5432;Database=postgres;Username=…;Password=…' or the postgresql:// address of the project's database settings where the config's reference points.");
}
