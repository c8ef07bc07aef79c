using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.Database;
using AgentFlow.Sandbox.Faults;
using AgentFlow.Sandbox.Recording;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>What all parts share.</summary>
internal sealed class SandboxState(StateFolder folder, Scenario scenario, TimeProvider time)
{
    /// <summary>Taken by everything that reads or writes the state of a part; held only for the moment, never across an await.</summary>
    public Lock Gate { get; } = new();

    public Scenario Scenario { get; set; } = scenario;

    /// <summary>How often the world was made anew.</summary>
    public int Generation { get; set; }

    public TimeProvider Time { get; } = time;

    public StateFolder Folder { get; } = folder;

    public TokenBook Tokens { get; } = new(folder);

    public SitePorts Ports { get; } = new();

    public Canary Canary { get; } = new();

    public FaultBook Faults { get; } = new();

    public RequestJournal Journal { get; } = new();

    public SandboxDatabase Database { get; set; } = SandboxDatabase.None("no database was asked for");

    public bool Has(Trait trait) => Scenario.Has(trait);

    /// <summary>Epoch milliseconds now, as Vercel and others write time.</summary>
    public long NowMilliseconds => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
