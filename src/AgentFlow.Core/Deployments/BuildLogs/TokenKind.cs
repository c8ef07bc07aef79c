namespace AgentFlow.Deployments.BuildLogs;

internal enum TokenKind
{
    Word,
    Name,
    Comma,
    Colon,
    Stop,
    Open,
    Close,
    Dash,
    Equal,
    Other,
}
