namespace AgentFlow.Benchmarks.Rotation;

/// <summary>Where the processes of one rotation die.</summary>
internal interface IDeathPlan
{
    /// <summary>Where the next process dies.</summary>
    Deaths Next(string command);

    /// <summary>What became of it.</summary>
    void Ended(HostRun run);
}
