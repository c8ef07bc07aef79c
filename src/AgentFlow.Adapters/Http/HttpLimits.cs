namespace AgentFlow.Adapters.Http;

/// <summary>Bounds of one outside call.</summary>
public sealed record HttpLimits
{
    /// <summary>One attempt, from connecting to the last byte (to the headers for a streamed body).</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All attempts and the waits between them.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which a streamed body counts as dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further attempts after the first, for requests that may be repeated.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The first wait; later ones double, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait of our own choice.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest wait that a system may ask of us; one that asks for more becomes a fault with the wait in it.</summary>
    public TimeSpan LongestAskedWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most bytes of a body that is kept whole, after decompression.</summary>
    public int MostBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most bytes that are read of an error's body.</summary>
    public int MostErrorBytes { get; init; } = 8 * 1024;
}
