using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Faults;

namespace AgentFlow.Rotation;

/// <summary>
/// The exclusive work on one credential: a lease on its stream, the present view, and the rule that an intent is durable before
/// every outside write and its outcome after it.
/// </summary>
internal sealed class RotationSession : IAsyncDisposable
{
    private readonly RotationPorts _ports;
    private readonly IAsyncDisposable _lease;
    private readonly string _stream;
    private RotationView? _view;
    private long _sequence;

    private RotationSession(RotationPorts ports, CredentialConfig config, IAsyncDisposable lease)
    {
        _ports = ports;
        _lease = lease;
        _stream = RotationStream.Of(config.Name);
        Config = config;
    }

    public CredentialConfig Config { get; }

    /// <summary>The newest rotation of this credential.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationNotFound"/>.</exception>
    public RotationView View => _view ?? throw RotationStream.NotFound(Config.Name);

    /// <summary>The newest rotation, or null when there was none.</summary>
    public RotationView? Found => _view;

    /// <summary>The credential that is in use as the journal knows it.</summary>
    public string? CurrentId { get; private set; }

    /// <summary>Takes the lease and reads the stream.</summary>
    public static async Task<RotationSession> OpenAsync(RotationPorts ports, CredentialConfig config, CancellationToken cancellationToken)
    {
        IAsyncDisposable lease = await ports.Journal.LeaseAsync(RotationStream.Of(config.Name), cancellationToken);
        RotationSession session = new(ports, config, lease);
        try
        {
            RotationHistory history = await RotationStream.ReadAsync(ports.Journal, config.Name, cancellationToken);
            session._view = history.Newest;
            session._sequence = history.Sequence;
            session.CurrentId = history.CurrentId;
            return session;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a new rotation.</summary>
    public Task BeginAsync(string rotationId, RotationFact fact) => AppendAsync(EntryType.Planned, rotationId, fact);

    /// <summary>Enters a state.</summary>
    public Task EnterAsync(RotationState state, RotationFact fact) => AppendAsync(EntryType.State, View.Record.RotationId, fact with { State = state });

    /// <summary>Records something that is neither a state nor a call.</summary>
    public Task NoteAsync(string type, RotationFact fact) => AppendAsync(type, View.Record.RotationId, fact);

    /// <summary>
    /// One outside write. Once its intent stands, neither the write nor the record of its outcome is interrupted by us; a fault that
    /// leaves the outcome open leaves the intent open.
    /// </summary>
    public async Task<T> CallAsync<T>(
        string call, string? target, Func<CancellationToken, Task<T>> act, Func<T, RotationFact> outcome, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await AppendAsync(EntryType.Intent, View.Record.RotationId, new() { Call = call, Target = target });
        T result;
        try
        {
            result = await act(CancellationToken.None);
        }
        catch (AfFaultException fault) when (!Transient.Is(fault.Kind))
        {
            await AppendAsync(EntryType.Refused, View.Record.RotationId, new() { Call = call, Target = target, FaultId = fault.Id, Message = fault.Message });
            throw;
        }

        await AppendAsync(EntryType.Done, View.Record.RotationId, outcome(result) with { Call = call, Target = target });
        return result;
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(string call, string? target, Func<CancellationToken, Task> act, CancellationToken cancellationToken) => CallAsync<bool>(
        call,
        target,
        async token =>
        {
            await act(token);
            return true;
        },
        static _ => new(),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    private async Task AppendAsync(string type, string subject, RotationFact fact)
    {
        JsonObject data = (JsonObject)JsonSerializer.SerializeToNode(fact, RotationJson.Default.RotationFact)!;
        JournalEntry entry = await _ports.Journal.AppendAsync(new(_stream, type, subject, data), _sequence, CancellationToken.None);
        _sequence = entry.Sequence;
        _view = RotationFold.Apply(_view, entry);
        if (_ports.Watch is { } watch)
        {
            await watch(View.Record, fact.Call is { } call ? $"{View.Record.State}: {call}" : View.Record.State.ToString());
        }
    }
}
