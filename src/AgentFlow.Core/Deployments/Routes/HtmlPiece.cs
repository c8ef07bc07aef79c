namespace AgentFlow.Deployments.Routes;

/// <summary>What an <see cref="HtmlScan"/> stands on.</summary>
internal enum HtmlPiece
{
    /// <summary>Text between tags.</summary>
    Text,

    /// <summary>An opening tag.</summary>
    Open,

    /// <summary>A closing tag.</summary>
    Close,

    /// <summary>The inside of an element whose content is no markup.</summary>
    RawText,
}
