namespace AgentFlow.Deployments.BuildLogs;

/// <summary>One known way in which tools say that a variable is missing: a small state machine over lines.</summary>
internal interface ILogFormat
{
    /// <summary>What the result calls the parser.</summary>
    string Name { get; }

    /// <summary>True while a message is under way and the next line is needed, whatever it says.</summary>
    bool IsOpen { get; }

    /// <summary>Reads the next line.</summary>
    void Read(CleanLine line, ScanContext context);

    /// <summary>Lines have been left out since the last one: what is under way has ended.</summary>
    void Break();
}
