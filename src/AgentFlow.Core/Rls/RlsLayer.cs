namespace AgentFlow;

/// <summary>The layers of <c>Test-AfRls</c>.</summary>
public enum RlsLayer
{
    /// <summary>Reads the catalog; runs anywhere.</summary>
    Catalog,

    /// <summary>Counts rows as the login; runs anywhere, needs a login that no policy limits.</summary>
    Data,

    /// <summary>Acts as tenants; only where the marker says that it is not production.</summary>
    Behaviour,

    /// <summary>Compares with a declared spec.</summary>
    Spec,
}
