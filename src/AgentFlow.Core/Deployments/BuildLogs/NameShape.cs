namespace AgentFlow.Deployments.BuildLogs;

/// <summary>How much a word looks like the name of an environment variable.</summary>
internal enum NameShape
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>An identifier in lower or mixed case: only a format that calls it a variable makes it a name.</summary>
    Loose,

    /// <summary>Capitals without an underscore (PORT): quotes or the word variable beside it make it a name.</summary>
    Weak,

    /// <summary>Capitals with an underscore (DATABASE_URL).</summary>
    Strong,
}
