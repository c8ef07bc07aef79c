using System.Text.Json.Nodes;
using AgentFlow.Adapters.Store;
using AgentFlow.Deployments.Lead;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>Looks for the rows of a lead in other people's place, as Supabase's API would: role and claims of this transaction only, read-only, rolled back.</summary>
internal sealed class LeadImpersonation(LeadSession session, LeadSchema schema, AfConfig config)
{
    private const string Authenticated = "authenticated";
    private const string Anonymous = "anon";

    public async Task<LeadVisibility> ReadAsync(LeadQuestion question, CancellationToken cancellationToken)
    {
        if (schema.Problem(schema.Memberships) is { } problem)
        {
            return Untried(problem, "Correct tables.memberships in agentflow.json (columns user_id, status and the tenant's), or grant select on it.");
        }

        (string? own, string? other, bool isMember, List<string> roles) = await session.ReadAsync("finding whose place to look in", connection => PeopleAsync(connection, question, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (isMember)
        {
            return Untried("The user of lead.otherUserId is a member of the test tenant.", "Name a user of another tenant, or leave lead.otherUserId out and one is found through memberships.");
        }

        if (!roles.Contains(Authenticated))
        {
            return Untried($"The role of the connection may not take on the role '{Authenticated}', as users do.", $"Use a role that is a member of {Authenticated} and {Anonymous} (Supabase's postgres is), or grant it: grant {Authenticated}, {Anonymous} to the role.");
        }

        if ((config.Lead.OtherUserId ?? other) is not { } stranger)
        {
            return Untried("There is no active member of another tenant in whose place one could look.", "Give the test database a second tenant with a user, or set lead.otherUserId in agentflow.json.");
        }

        List<PrincipalView> views = [await ViewAsync(PrincipalKind.OtherTenant, Authenticated, stranger, question, cancellationToken).ConfigureAwait(false)];
        if (roles.Contains(Anonymous))
        {
            views.Add(await ViewAsync(PrincipalKind.Anonymous, Anonymous, null, question, cancellationToken).ConfigureAwait(false));
        }

        if (own is not null)
        {
            views.Add(await ViewAsync(PrincipalKind.Own, Authenticated, own, question, cancellationToken).ConfigureAwait(false));
        }

        return new() { Views = views };
    }

    private static LeadVisibility Untried(string reason, string fix) => new() { Reason = reason, Fix = fix };

    private async Task<(string? Own, string? Other, bool IsMember, List<string> Roles)> PeopleAsync(NpgsqlConnection connection, LeadQuestion question, CancellationToken cancellationToken)
    {
        List<string> roles = await PostgresLeadRecords.RowsAsync(connection, EmbeddedSql.Read("lead-roles.sql"), [], row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        List<(string? Own, string? Other, bool IsMember)> people = await PostgresLeadRecords.RowsAsync(
            connection,
            schema.Fill("lead-people.sql", schema.Memberships),
            [PostgresLeadRecords.Text(question.OrganizationId), PostgresLeadRecords.Text(config.Lead.OtherUserId)],
            row => (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(2)),
            cancellationToken).ConfigureAwait(false);
        return (people[0].Own, people[0].Other, people[0].IsMember, roles);
    }

    private Task<PrincipalView> ViewAsync(PrincipalKind kind, string role, string? userId, LeadQuestion question, CancellationToken cancellationToken) => session.LookAsync(
        "looking in another user's place",
        async connection =>
        {
            JsonObject claims = new() { ["role"] = role, ["aud"] = role };
            if (userId is not null)
            {
                claims["sub"] = userId;
            }

            await PostgresLeadRecords.RowsAsync(
                connection,
                EmbeddedSql.Read("lead-claims.sql"),
                [PostgresLeadRecords.Text(claims.ToJsonString()), PostgresLeadRecords.Text(userId ?? string.Empty), PostgresLeadRecords.Text(role)],
                row => row.FieldCount,
                cancellationToken).ConfigureAwait(false);
            Dictionary<string, long> visible = [];
            foreach (LeadTable table in new[] { schema.Leads, schema.Qualifications, schema.Audits, schema.Integrations }.Where(table => schema.Problem(table) is null))
            {
                visible[table.Name] = await CountAsync(connection, table, question, cancellationToken).ConfigureAwait(false);
            }

            return new PrincipalView(kind, visible);
        },
        cancellationToken);

    private async Task<long> CountAsync(NpgsqlConnection connection, LeadTable table, LeadQuestion question, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "savepoint look", cancellationToken).ConfigureAwait(false);
        try
        {
            return (await PostgresLeadRecords.RowsAsync(
                connection, schema.Fill("lead-visible.sql", table), [PostgresLeadRecords.Texts([.. question.SeenLeadIds])], row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Who may not read the table sees nothing of it.
            await ExecuteAsync(connection, "rollback to savepoint look", cancellationToken).ConfigureAwait(false);
            return 0;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
