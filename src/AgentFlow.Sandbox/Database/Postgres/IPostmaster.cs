namespace AgentFlow.Sandbox.Database;

/// <summary>The server process of one cluster.</summary>
internal interface IPostmaster
{
    /// <summary>Starts it and returns when it accepts connections.</summary>
    /// <exception cref="PortTakenException">Another program took the port first.</exception>
    Task StartAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken);

    /// <summary>Stops it at once and returns when it is gone; harmless when it never ran.</summary>
    Task StopAsync();
}
