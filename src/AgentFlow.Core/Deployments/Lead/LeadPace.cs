namespace AgentFlow.Deployments.Lead;

/// <summary>How long a run waits for what. The wait for the final state itself is <see cref="LeadConfig.TimeoutSeconds"/>.</summary>
internal static class LeadPace
{
    /// <summary>Between the first two looks; each next one waits half as long again, up to <see cref="LongestPoll"/>.</summary>
    public static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(200);

    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    /// <summary>What belongs to a final state may be written after it: counter, audit event, integrations.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(5);

    /// <summary>When all is there: long enough to see a delivery that comes twice.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    /// <summary>After an answer that does not say whether the lead was taken: long enough for its row to appear.</summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromSeconds(3);

    /// <summary>A send that was on its way when the operator stopped may still be answered.</summary>
    public static readonly TimeSpan StoppedSend = TimeSpan.FromMilliseconds(600);

    /// <summary>A removal after a stop; less than the time that the shell grants.</summary>
    public static readonly TimeSpan StoppedRemoval = TimeSpan.FromSeconds(4);

    /// <summary>A removal at the end of a run.</summary>
    public static readonly TimeSpan Removal = TimeSpan.FromSeconds(15);

    /// <summary>Looks that may fail in a row before the run gives up.</summary>
    public const int MostFailedLooks = 3;

    public static TimeSpan Next(TimeSpan poll) => poll * 1.5 < LongestPoll ? poll * 1.5 : LongestPoll;
}
