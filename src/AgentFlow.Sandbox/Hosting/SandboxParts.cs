using AgentFlow.Sandbox.App;
using AgentFlow.Sandbox.Database;
using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Iam;
using AgentFlow.Sandbox.Ses;
using AgentFlow.Sandbox.Stripe;
using AgentFlow.Sandbox.Supabase;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>Every part of the rehearsed world, in the order in which they are reset: providers first, the app that reads them last.</summary>
internal static class SandboxParts
{
    public static IReadOnlyList<ISandboxPart> Create(SandboxState sandbox)
    {
        GitHubPart github = new(sandbox);
        VercelPart vercel = new(sandbox, github);
        IamState iam = new();
        StripePart stripe = new(sandbox, vercel);
        SupabasePart supabase = new(sandbox, vercel);
        return
        [
            github,
            vercel,
            stripe,
            supabase,
            new IamPart(sandbox, vercel, iam),
            new StsPart(sandbox, iam),
            new SesPart(sandbox, iam),
            new RehearsalApp(sandbox, vercel),
            new FingerprintPart(sandbox, vercel),
            new RolesPart(sandbox, vercel),
            new AuditPart(sandbox, vercel, stripe, supabase, iam),
        ];
    }
}
