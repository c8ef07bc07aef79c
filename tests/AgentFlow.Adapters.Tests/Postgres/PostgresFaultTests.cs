using AgentFlow.Adapters.Postgres;
using AgentFlow.Faults;
using AgentFlow.Safety;
using AgentFlow.Sandbox.Database;
using Npgsql;

namespace AgentFlow.Adapters.Tests.Postgres;

/// <summary>Every way in which a real server refuses, by its own SQLSTATE, becomes one fault that names the fix and quotes nothing.</summary>
public sealed class PostgresFaultTests(PostgresFaultTests.Server server) : IClassFixture<PostgresFaultTests.Server>
{
    // Built at run time, so that no scanner takes a file of the repository for a leak.
    private static readonly string s_password = string.Concat("Wr0ng-", "pass-", "phrase");

    public static TheoryData<string, string, FaultKind> Statements => new()
    {
        { "select * from no_such_table", FaultId.DatabaseObjectMissing, FaultKind.NotFound },
        { "select no_such_column from pg_class", FaultId.DatabaseObjectMissing, FaultKind.NotFound },
        { "set role af_nobody; select * from pg_authid", FaultId.DatabasePermissionDenied, FaultKind.Permission },
        { "set statement_timeout = '20ms'; select pg_sleep(5)", FaultId.DatabaseTimeout, FaultKind.Timeout },
        { "do $$ begin raise exception 'row of customer@example.com' using errcode = '53300'; end $$", FaultId.DatabaseUnavailable, FaultKind.Unavailable },
        { "select 1 / 0", FaultId.DatabaseFailed, FaultKind.InvalidData },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_refusal_by_the_server_is_one_fault(string sql, string id, FaultKind kind)
    {
        PostgresConnections connections = new(() => Secret.FromChars(server.Connection()));
        await using NpgsqlConnection connection = await connections.OpenAsync(CancellationToken.None);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => connections.RunAsync("reading the lead", async () =>
        {
            await using NpgsqlCommand command = new(sql, connection);
            return await command.ExecuteNonQueryAsync();
        }, CancellationToken.None));
        Assert.Equal((id, kind), (fault.Id, fault.Kind));
        Assert.NotEmpty(fault.Fix);
        Assert.Contains("reading the lead", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("customer@example.com", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_database_are_told_apart()
    {
        AfFaultException refused = await OpenAsync(server.Connection("af_login", s_password));
        Assert.Equal((FaultId.DatabaseCredentialRejected, FaultKind.Authentication), (refused.Id, refused.Kind));
        Assert.DoesNotContain(s_password, refused.ToString(), StringComparison.Ordinal);
        AfFaultException absent = await OpenAsync(server.Connection().Replace("Database=postgres", "Database=no_such_database", StringComparison.Ordinal));
        Assert.Equal(FaultId.DatabaseObjectMissing, absent.Id);
    }

    [Fact]
    public async Task Nobody_listening_and_an_unknown_name_are_unreachable()
    {
        AfFaultException closed = await OpenAsync("Host=127.0.0.1;Port=1;Username=x;Password=" + s_password);
        Assert.Equal((FaultId.DatabaseUnreachable, FaultKind.Connection), (closed.Id, closed.Kind));
        AfFaultException unknown = await OpenAsync("postgresql://x:" + s_password + "@db.no-such-host.invalid/postgres");
        Assert.Equal(FaultId.DatabaseUnreachable, unknown.Id);
        Assert.DoesNotContain(s_password, closed + unknown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hots=127.0.0.1;Password=")]
    [InlineData("Password=")]
    [InlineData("postgresql://[bad:")]
    public void An_address_that_cannot_be_read_is_not_quoted(string text)
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => new PostgresConnections(() => Secret.FromChars(text + s_password)).Address);
        Assert.Equal(FaultId.DatabaseAddressInvalid, fault.Id);
        Assert.DoesNotContain(s_password, fault.ToString(), StringComparison.Ordinal);
    }

    private static async Task<AfFaultException> OpenAsync(string connection) => await Assert.ThrowsAsync<AfFaultException>(async () =>
    {
        await using NpgsqlConnection opened = await new PostgresConnections(() => Secret.FromChars(connection)).OpenAsync(CancellationToken.None);
    });

    public sealed class Server : IAsyncLifetime
    {
        private PostgresCluster? _cluster;

        public async ValueTask InitializeAsync()
        {
            if (await PostgresBinaries.FindAsync(CancellationToken.None) is not { } binaries)
            {
                return;
            }

            _cluster = await PostgresCluster.StartAsync(binaries, null, CancellationToken.None);
            await using NpgsqlConnection connection = new(Connection());
            await connection.OpenAsync();
            await using NpgsqlCommand command = new("create role af_nobody nologin; create role af_login login password 'another-one'", connection);
            await command.ExecuteNonQueryAsync();
        }

        public string Connection(string? user = null, string? password = null)
        {
            Assert.SkipWhen(_cluster is null, "There is no PostgreSQL on this machine: " + PostgresBinaries.HowToInstall);
            NpgsqlConnectionStringBuilder builder = new(_cluster!.ConnectionString) { Pooling = false };
            (builder.Username, builder.Password) = (user ?? builder.Username, password ?? builder.Password);
            return builder.ConnectionString;
        }

        public async ValueTask DisposeAsync()
        {
            if (_cluster is not null)
            {
                await _cluster.DisposeAsync();
            }
        }
    }
}
