using AgentFlow.Adapters.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.RotationHost;

/// <summary>A rotation's own credentials from the references of a config, without a session.</summary>
public static class HostSecrets
{
    public static RotationSecrets Of(AfConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        SecretResolver resolver = new();
        Func<Secret> Later(string? reference, string name) => () => resolver.Resolve(SecretReference.Parse(reference!, name), name);
        return new()
        {
            Vercel = Later(config.Vercel.Token, "vercel"),
            Stripe = Later(config.Stripe.Key, "stripe"),
            Supabase = Later(config.Supabase.Token, "supabase"),
            GitHub = Later(config.GitHub.Token, "github"),
            ProbeKey = Later(config.App.ProbeKey, "probe"),
            AwsKey = Later(config.Aws.Key, "aws"),
            AdminDatabase = credential => Later(credential.AdminDatabase, "admin")(),
        };
    }
}
