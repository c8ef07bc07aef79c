namespace AgentFlow.Sandbox.Scenarios;

/// <summary>One way in which the rehearsed world differs from a healthy one. Each part of the sandbox acts on the traits it knows.</summary>
internal enum Trait
{
    /// <summary>Vercel: the production build failed because required variables are missing; they are also absent from the project.</summary>
    MissingEnv,

    /// <summary>Vercel: the project is linked to another repository (another id) with the same owner and name.</summary>
    WrongRepository,

    /// <summary>GitHub: the repository has been renamed; its id is the same and the old name redirects.</summary>
    RenamedRepository,

    /// <summary>Vercel: the production deployment was uploaded with the command line client; it has no git metadata.</summary>
    CliUpload,

    /// <summary>Vercel: the production alias still points at the previous deployment.</summary>
    StaleAlias,

    /// <summary>App: the alias is right in Vercel's answers, but the page served carries another deployment's stamp.</summary>
    OldBuild,

    /// <summary>Vercel: deployments say neither their commit nor their source.</summary>
    MissingMetadata,

    /// <summary>Vercel: the production deployment was built from another branch.</summary>
    WrongBranch,

    /// <summary>Vercel and GitHub: the production deployment's commit is unknown to the repository.</summary>
    UnknownCommit,

    /// <summary>Vercel: another project owns the production domain.</summary>
    ForeignDomain,

    /// <summary>Vercel: an instant rollback has pinned production, auto-assignment is off.</summary>
    PinnedRollback,

    /// <summary>Vercel: the newest deployment is still building.</summary>
    Building,

    /// <summary>Vercel: the build log has 100,000 lines.</summary>
    HugeLog,

    /// <summary>All providers: the tokens have expired.</summary>
    ExpiredToken,

    /// <summary>All providers: the tokens are valid but lack the scope.</summary>
    NarrowToken,

    /// <summary>All providers: the tokens may do far more than asked for.</summary>
    BroadToken,

    /// <summary>All providers: the rate limit is used up; every call answers 429 with Retry-After.</summary>
    RateLimited,

    /// <summary>All providers: the Date header is ten minutes behind.</summary>
    ClockSkew,

    /// <summary>App: one route answers 500.</summary>
    BrokenRoute,

    /// <summary>App: /dashboard redirects signed-out visitors to another host.</summary>
    OpenRedirect,

    /// <summary>App: /dashboard and /login redirect to each other.</summary>
    RedirectLoop,

    /// <summary>App: a missing page answers 200 with the text of a not-found page.</summary>
    SoftNotFound,

    /// <summary>App: an error page answers 200.</summary>
    ErrorInOk,

    /// <summary>App: Deployment Protection answers for the app.</summary>
    Protected,

    /// <summary>App: /dashboard answers 200 to a signed-out visitor.</summary>
    OpenDashboard,

    /// <summary>App: the lead is processed but no audit event is written.</summary>
    LeadWithoutAudit,

    /// <summary>App: the usage counter rises by two.</summary>
    DoubleUsage,

    /// <summary>App: another tenant sees the lead.</summary>
    CrossTenantLead,

    /// <summary>App: the qualification stays in its first state.</summary>
    LeadStuck,

    /// <summary>App: the qualification ends as failed.</summary>
    LeadFailed,

    /// <summary>App: the lead intake answers 500.</summary>
    LeadRefused,

    /// <summary>App: an optional integration reports a failure.</summary>
    IntegrationFailed,

    /// <summary>App: the login page follows whatever address its return parameter names.</summary>
    OpenReturn,

    /// <summary>App: /dashboard makes a foreign way back of what it was asked with, and names its own host in it.</summary>
    ForeignReturn,

    /// <summary>App: a public page asks for sign-in.</summary>
    LoginWall,

    /// <summary>App: a page answers 200 with nothing in it.</summary>
    EmptyPage,

    /// <summary>App: a cache in front serves pages from before the deployment.</summary>
    StaleCache,

    /// <summary>App: the project is paused; Vercel answers DEPLOYMENT_PAUSED.</summary>
    Paused,

    /// <summary>App: Vercel's firewall asks for a browser.</summary>
    Challenged,

    /// <summary>App: the lead is written into another tenant.</summary>
    LeadInOtherTenant,

    /// <summary>App: the idempotency key is ignored.</summary>
    RepeatedLead,
}
