using AgentFlow.Deployments.Lead;
using AgentFlow.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>An app with its database in memory: what it writes about a lead, and when, is a list of steps that a test changes.</summary>
internal sealed class MemoryApp(FakeTimeProvider time) : ILeadIntake, ILeadDatabase, ILeadRecords
{
    public const string Tenant = "7c1f0000-0000-4000-8000-00000000000a";
    public const string Neighbour = "7c1f0000-0000-4000-8000-00000000000b";

    private readonly List<(DateTimeOffset At, Action<MemoryApp> Write)> _due = [];
    private readonly Dictionary<string, string> _answered = [];
    private LeadSighting _rows = new() { Usage = new() { Value = 5, OtherLeads = 5, OtherFinished = 5 }, TenantIntegrations = ["crm"] };

    /// <summary>What the app does after it has accepted a lead, by the time after the send.</summary>
    public List<(int Milliseconds, Action<MemoryApp> Write)> Steps { get; } = [];

    /// <summary>The answer to a lead; null never answers.</summary>
    public LeadReceipt? Receipt { get; set; } = new() { Status = 201, Stamp = "dpl_preview" };

    /// <summary>Thrown in place of an answer.</summary>
    public AfFaultException? SendFault { get; set; }

    /// <summary>Completes the answer of a send that does not come at once.</summary>
    public TaskCompletionSource<LeadReceipt>? Pending { get; set; }

    public bool KnowsKeys { get; set; } = true;

    public DatabaseIdentity Identity { get; set; } = new() { IsLoopback = true, Marker = "local" };

    public LeadVisibility Visibility { get; set; } = new() { Views = [View(PrincipalKind.OtherTenant, 0), View(PrincipalKind.Anonymous, 0), View(PrincipalKind.Own, 4)] };

    /// <summary>Faults of the next reads, one each.</summary>
    public Queue<AfFaultException> ReadFaults { get; } = [];

    public Func<LeadRemoval>? Removal { get; set; }

    /// <summary>Runs before each removal.</summary>
    public Func<CancellationToken, Task>? BeforeRemoval { get; set; }

    public List<LeadSubmission> Sent { get; } = [];

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public int Removals { get; private set; }

    public int Reads { get; private set; }

    public LeadSighting Rows
    {
        get => _rows;
        set => _rows = value;
    }

    /// <summary>Everything in order, half a second after the send.</summary>
    public static MemoryApp Healthy(FakeTimeProvider time)
    {
        MemoryApp app = new(time);
        app.Steps.Add((0, one => one.AddLead()));
        app.Steps.Add((200, one => one.Rows = one.Rows with { Qualifications = [new("q1", Tenant, "processing")] }));
        app.Steps.Add((500, one => one.Finish()));
        return app;
    }

    public void AddLead(string? tenant = Tenant) => Rows = Rows with { Leads = [.. Rows.Leads, new($"lead{Rows.Leads.Count + 1}", tenant)] };

    public void Finish(string state = "qualified", int units = 1, bool audit = true, bool crm = true)
    {
        Rows = Rows with
        {
            Qualifications = [.. Rows.Qualifications.Select(row => row with { State = state })],
            Audits = audit ? [.. Rows.Audits, new AuditRow("1", Tenant, true)] : Rows.Audits,
            Integrations = crm ? [.. Rows.Integrations, new IntegrationRow("1", "crm", "delivered")] : Rows.Integrations,
        };
        Count(units);
    }

    public void Count(decimal units) => Rows = Rows with { Usage = Rows.Usage! with { Value = Rows.Usage.Value + units } };

    public Task<LeadReceipt> SubmitAsync(LeadSubmission submission, CancellationToken cancellationToken)
    {
        Sent.Add(submission);
        if (SendFault is { } fault)
        {
            throw fault;
        }

        if (KnowsKeys && _answered.ContainsKey(submission.IdempotencyKey))
        {
            return Task.FromResult(Receipt! with { Status = 200, Replayed = true });
        }

        if (Pending is { } pending)
        {
            return AwaitAsync(pending.Task.WaitAsync(cancellationToken), submission);
        }

        Accept(submission);
        return Task.FromResult(Receipt!);
    }

    public Task<ILeadRecords> OpenAsync(CancellationToken cancellationToken)
    {
        Opened++;
        return Task.FromResult<ILeadRecords>(this);
    }

    public Task<LeadSighting> ReadAsync(LeadQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads++;
        Catch();
        return ReadFaults.TryDequeue(out AfFaultException? fault) ? throw fault : Task.FromResult(Rows);
    }

    public Task<LeadVisibility> ReadAsOthersAsync(LeadQuestion question, LeadSighting sighting, CancellationToken cancellationToken) => Task.FromResult(Visibility);

    public async Task<LeadRemoval> RemoveAsync(LeadQuestion question, CancellationToken cancellationToken)
    {
        Removals++;
        if (BeforeRemoval is { } before)
        {
            await before(cancellationToken);
        }

        Catch();
        if (Removal?.Invoke() is { } removal)
        {
            return removal;
        }

        LeadRemoval done = new() { LeadIds = [.. Rows.Leads.Select(row => row.Id)], Removed = Rows.RowCount == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["leads"] = Rows.RowCount } };
        Rows = Rows with { Leads = [], Qualifications = [], Audits = [], Integrations = [] };
        return done;
    }

    public ValueTask DisposeAsync()
    {
        Closed++;
        return ValueTask.CompletedTask;
    }

    public static PrincipalView View(PrincipalKind kind, long rows) => new(kind, new Dictionary<string, long> { ["leads"] = rows });

    private async Task<LeadReceipt> AwaitAsync(Task<LeadReceipt> answer, LeadSubmission submission)
    {
        LeadReceipt receipt = await answer;
        Accept(submission);
        return receipt;
    }

    private void Accept(LeadSubmission submission)
    {
        _answered[submission.IdempotencyKey] = submission.Fields["correlation_id"];
        if (Receipt is { Status: >= 200 and < 300 })
        {
            _due.AddRange(Steps.Select(step => (time.GetUtcNow() + TimeSpan.FromMilliseconds(step.Milliseconds), step.Write)));
        }
    }

    // A job whose lead is gone writes nothing, as with foreign keys.
    private void Catch()
    {
        foreach ((DateTimeOffset at, Action<MemoryApp> write) in _due.Where(step => step.At <= time.GetUtcNow()).OrderBy(step => step.At).ToArray())
        {
            _due.Remove((at, write));
            if (Rows.Leads.Count > 0 || write == Steps[0].Write)
            {
                write(this);
            }
        }
    }
}
