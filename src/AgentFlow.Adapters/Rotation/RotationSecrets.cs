using AgentFlow.Safety;

namespace AgentFlow.Adapters.Rotation;

/// <summary>Where a rotation's own credentials come from; each is asked for at the moment of use.</summary>
public sealed record RotationSecrets
{
    public required Func<Secret> Vercel { get; init; }

    public required Func<Secret> Stripe { get; init; }

    public required Func<Secret> Supabase { get; init; }

    public required Func<Secret> GitHub { get; init; }

    /// <summary>The key of the app's fingerprint route; null when the config names none.</summary>
    public Func<Secret>? ProbeKey { get; init; }

    /// <summary>The platform's protection bypass; null when deployments are open.</summary>
    public Func<Secret>? Bypass { get; init; }

    /// <summary>The admin connection of a Postgres credential.</summary>
    public required Func<CredentialConfig, Secret> AdminDatabase { get; init; }

    /// <summary><c>ACCESS_KEY_ID:SECRET</c> of the AWS caller; null uses the usual chain.</summary>
    public Func<Secret>? AwsKey { get; init; }

    /// <summary>The team's journal; null keeps it in a file.</summary>
    public Func<Secret>? JournalDatabase { get; init; }
}
