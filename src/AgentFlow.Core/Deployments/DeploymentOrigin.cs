namespace AgentFlow.Deployments;

/// <summary>Turns what platforms and configs write (hosts, addresses) into origins: https, or http on this machine.</summary>
public static class DeploymentOrigin
{
    /// <summary>The origin of a host, <c>host:port</c> or address; null when it is none.</summary>
    public static Uri? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        string address = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            ? Of(uri, text.Contains("://", StringComparison.Ordinal))
            : null;
    }

    /// <summary>The origin of an address: a deployment is asked over https, and over http only on this machine.</summary>
    public static Uri Of(Uri uri) => Of(uri, true);

    /// <summary>Where production is: the configured address, else the first production domain; null when neither is given.</summary>
    public static Uri? Production(AfConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Parse(config.App.ProductionUrl) ?? config.Vercel.ProductionDomains.Select(Parse).FirstOrDefault(origin => origin is not null);
    }

    /// <summary>True when the origin is the configured address of production or one of its domains.</summary>
    public static bool IsProduction(AfConfig config, Uri origin)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Vercel.ProductionDomains.Append(config.App.ProductionUrl).Select(Parse).OfType<Uri>().Any(known => Same(known, origin));
    }

    /// <summary>True when both have the same scheme, host and port.</summary>
    public static bool Same(Uri left, Uri right) =>
        Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static Uri Of(Uri uri, bool schemeSaid)
    {
        string scheme = uri.IsLoopback ? (schemeSaid ? uri.Scheme : "http") : "https";
        int port = uri.IsDefaultPort ? -1 : uri.Port;
        return new UriBuilder(scheme, uri.Host, port).Uri;
    }
}
