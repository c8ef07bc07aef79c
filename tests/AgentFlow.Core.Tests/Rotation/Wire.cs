using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>Everything between the process and the outside: counts the places where it can die, and lets writes go wrong.</summary>
internal sealed class Wire
{
    private readonly List<(int Due, Action Act)> _late = [];
    private int _writes;
    private int _calls;
    private bool _dead;

    /// <summary>Places passed by the present process.</summary>
    public int Places { get; private set; }

    /// <summary>The place at which the present process dies; 0 for never.</summary>
    public int DieAt { get; set; }

    /// <summary>The write (from 1, over all processes) that goes wrong.</summary>
    public int TroubleAt { get; set; }

    public Trouble Trouble { get; set; }

    public int Writes => _writes;

    /// <summary>A new process begins.</summary>
    public void Restart(int dieAt = 0)
    {
        _dead = false;
        Places = 0;
        DieAt = dieAt;
    }

    /// <summary>A place where the process can die.</summary>
    public void Place()
    {
        if (_dead || ++Places == DieAt)
        {
            _dead = true;
            throw new ProcessDeath();
        }
    }

    /// <summary>The source that cannot be read: variables, serving, fallbacks, old or freeze; null for none.</summary>
    public string? Unreadable { get; set; }

    /// <summary>A read of a source that a test may make unreadable.</summary>
    public Task<T> ReadAsync<T>(string source, Func<T> read) => Unreadable == source ? throw Fault(FaultKind.Permission) : ReadAsync(read);

    public Task<T> ReadAsync<T>(Func<T> read)
    {
        Place();
        Arrive();
        T result = read();
        Place();
        return Task.FromResult(result);
    }

    public Task<T> WriteAsync<T>(Func<T> act)
    {
        Place();
        Arrive();
        Trouble trouble = ++_writes == TroubleAt ? Trouble : Trouble.None;
        switch (trouble)
        {
            case Trouble.TooMany:
                throw Fault(FaultKind.RateLimited);
            case Trouble.Broken:
                throw Fault(FaultKind.Unavailable);
            case Trouble.Late:
                _late.Add((_calls + 6, () => act()));
                throw Fault(FaultKind.Timeout);
            case Trouble.LostAnswer:
                act();
                Place();
                throw Fault(FaultKind.Timeout);
            case Trouble.Twice:
                act();
                break;
        }

        T result = act();
        Place();
        return Task.FromResult(result);
    }

    public Task WriteAsync(Action act) => WriteAsync(() =>
    {
        act();
        return true;
    });

    private void Arrive()
    {
        _calls++;
        foreach ((int due, Action act) in _late.Where(late => late.Due <= _calls).ToList())
        {
            _late.RemoveAll(late => late.Due == due && late.Act == act);
            try
            {
                act();
            }
            catch (AfFaultException)
            {
                // The provider refused the late request; nobody listens to the answer.
            }
        }
    }

    public static AfFaultException Fault(FaultKind kind) => new(kind, FaultId.RotationCallFailed, $"The provider said {kind}.", "Wait.");
}
