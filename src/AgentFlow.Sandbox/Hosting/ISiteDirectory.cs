namespace AgentFlow.Sandbox.Hosting;

/// <summary>The part that knows which deployment answers at which address.</summary>
internal interface ISiteDirectory
{
    /// <summary>The newest preview deployment's own address (<c>127.0.0.1:PORT</c>).</summary>
    string PreviewHost { get; }

    SiteVisit Visit(int port);
}
