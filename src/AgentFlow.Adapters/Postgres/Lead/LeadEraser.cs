using AgentFlow.Deployments.Lead;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>Removes the rows of one lead: the leads that carry the correlation id and what points at them, in one transaction.</summary>
internal sealed class LeadEraser(LeadSession session, LeadSchema schema)
{
    public async Task<LeadRemoval> RemoveAsync(LeadQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await session.WriteAsync("removing the lead", connection => EraseAsync(connection, question, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedRemovalException refused)
        {
            return new() { Refused = refused.Message, Fix = refused.Fix };
        }
    }

    private async Task<LeadRemoval> EraseAsync(NpgsqlConnection connection, LeadQuestion question, CancellationToken cancellationToken)
    {
        List<string> leads = await PostgresLeadRecords.RowsAsync(
            connection, schema.Fill("lead-lock.sql", schema.Leads), [PostgresLeadRecords.Text(question.CorrelationId)], row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (leads.Count > LeadRemoval.MostLeads)
        {
            throw new RefusedRemovalException($"{leads.Count} leads carry the correlation id, more than a run makes.", "See whether lead.correlationColumn in agentflow.json names the right column.");
        }

        string[] ids = [.. leads.Union(question.SeenLeadIds, StringComparer.OrdinalIgnoreCase)];
        Dictionary<string, long> removed = [];
        Dictionary<string, long> kept = [];
        if (ids.Length > 0)
        {
            foreach (LeadTable table in new[] { schema.Integrations, schema.Qualifications, schema.Audits }.Where(table => schema.Problem(table) is null))
            {
                await DeleteChildrenAsync(connection, table, ids, removed, kept, cancellationToken).ConfigureAwait(false);
            }
        }

        if (leads.Count > 0)
        {
            removed[schema.Leads.Name] = await DeleteLeadsAsync(connection, leads, cancellationToken).ConfigureAwait(false);
        }

        return new() { Removed = removed, Kept = kept, LeadIds = leads };
    }

    private async Task DeleteChildrenAsync(NpgsqlConnection connection, LeadTable table, string[] ids, Dictionary<string, long> removed, Dictionary<string, long> kept, CancellationToken cancellationToken)
    {
        await DeleteAsync(connection, "savepoint children", null, cancellationToken).ConfigureAwait(false);
        try
        {
            if (await DeleteAsync(connection, schema.Fill("lead-delete.sql", table), ids, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                removed[table.Name] = count;
            }
        }
        catch (PostgresException refused) when (table == schema.Audits && IsAppendOnly(refused.SqlState))
        {
            // An audit log may be append-only, by grant or by trigger; its events stay and are told.
            await DeleteAsync(connection, "rollback to savepoint children", null, cancellationToken).ConfigureAwait(false);
            long left = (await PostgresLeadRecords.RowsAsync(connection, schema.Fill("lead-visible.sql", table), [PostgresLeadRecords.Texts(ids)], row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
            if (left > 0)
            {
                kept[table.Name] = left;
            }
        }
    }

    private async Task<long> DeleteLeadsAsync(NpgsqlConnection connection, List<string> leads, CancellationToken cancellationToken)
    {
        try
        {
            return await DeleteAsync(connection, schema.Fill("lead-delete.sql", schema.Leads), [.. leads], cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new RefusedRemovalException($"rows of '{refused.TableName}' point at the lead.", $"Let that reference cascade (on delete cascade), or remove those rows first.");
        }
    }

    private static bool IsAppendOnly(string state) => state is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.RaiseException or PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.RestrictViolation
        || state.StartsWith("P0", StringComparison.Ordinal);

    private static async Task<int> DeleteAsync(NpgsqlConnection connection, string sql, string[]? ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        if (ids is not null)
        {
            command.Parameters.Add(PostgresLeadRecords.Texts(ids));
        }

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
