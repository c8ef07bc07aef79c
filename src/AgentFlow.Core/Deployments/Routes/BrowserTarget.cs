namespace AgentFlow.Deployments.Routes;

/// <summary>Where a browser would go when it follows an address from a page of some origin.</summary>
/// <param name="Kind">In relation to that origin.</param>
/// <param name="Scheme">Lower case; the origin's for a relative address.</param>
/// <param name="Host">Lower case, percent-decoded; null where the scheme has none.</param>
/// <param name="Uri">The absolute address; null when it is malformed or not http.</param>
/// <param name="NamesHost">True when the address says its host or scheme itself instead of being a path.</param>
internal sealed record BrowserTarget(BrowserTargetKind Kind, string Scheme, string? Host, Uri? Uri, bool NamesHost)
{
    public override string ToString() => Host is null ? $"{Scheme}:" : $"{Scheme}://{Host}";
}
