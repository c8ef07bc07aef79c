namespace AgentFlow;

/// <summary>What a credential is, and so how it is made, proved and revoked.</summary>
public enum CredentialKind
{
    /// <summary>32 random bytes made here; the app may accept the one before in a second variable.</summary>
    GeneratedSecret,

    /// <summary>The signing secret of a Stripe webhook endpoint; a second endpoint takes over.</summary>
    StripeWebhookSecret,

    /// <summary>A Stripe key, made in the dashboard and given by the operator.</summary>
    StripeApiKey,

    /// <summary>A Supabase secret or publishable key, or the move away from the legacy keys.</summary>
    SupabaseApiKey,

    /// <summary>The password of one of two alternating PostgreSQL roles.</summary>
    PostgresRolePassword,

    /// <summary>An access key of an IAM user.</summary>
    AwsIamAccessKey,

    /// <summary>An SES SMTP password, derived from an IAM access key.</summary>
    SesSmtpPassword,

    /// <summary>A GitHub token, made by the operator.</summary>
    GitHubToken,

    /// <summary>Anything else: the operator makes it and revokes it.</summary>
    GenericManual,
}
