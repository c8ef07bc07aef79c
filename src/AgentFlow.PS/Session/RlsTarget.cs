using AgentFlow.Rls.Access;
using AgentFlow.Rls.Fixtures;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Session;

/// <summary>The database that a command looks at, with the config that applies to it.</summary>
internal sealed record RlsTarget(IRlsDatabase Database, IFixtureStore Fixtures, AfConfig Config)
{
    /// <summary>The database behind a secret reference, else the context's. A context's config applies in both cases. Runs on the pipeline thread, because a vault is another module's command.</summary>
    /// <exception cref="Faults.AfFaultException">AfSecretNotFound, AfSecretReferenceInvalid, AfContextMissing.</exception>
    public static RlsTarget Of(Func<AfContext> require, AfContext? context, string? reference, Func<string, Secret?> vault, RedactionSession redaction)
    {
        if (reference is null)
        {
            AfContext connected = require();
            return new(connected.Composition.Database, connected.Composition.Fixtures, connected.Config);
        }

        Secret secret = new SecretResolver(vault).Resolve(SecretReference.Parse(reference, ContextSecrets.Database), ContextSecrets.Database);
        redaction.AddKnown(secret);
        return new(Composition.DatabaseOf(() => secret), Composition.FixturesOf(() => secret), context?.Config ?? new() { Name = "database" });
    }
}
