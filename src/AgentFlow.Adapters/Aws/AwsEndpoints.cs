using AgentFlow.Adapters.Http;

namespace AgentFlow.Adapters.Aws;

/// <summary>The AWS services as the pipeline sees them. Requests carry their own signature, so the chain adds no token.</summary>
public static class AwsEndpoints
{
    /// <summary>IAM, which is global.</summary>
    public static ServiceEndpoint Iam(AfConfig config) => Of("AWS IAM", config?.Endpoints.Iam, "https://iam.amazonaws.com/", "iam:ListAccessKeys, CreateAccessKey, UpdateAccessKey, DeleteAccessKey and GetAccessKeyLastUsed for the user");

    /// <summary>STS.</summary>
    public static ServiceEndpoint Sts(AfConfig config) => Of("AWS STS", config?.Endpoints.Sts, "https://sts.amazonaws.com/", "nothing: GetCallerIdentity is always allowed");

    /// <summary>SES of a region.</summary>
    public static ServiceEndpoint Ses(AfConfig config, string region) => Of("AWS SES", config?.Endpoints.Ses, $"https://email.{region}.amazonaws.com/", "ses:GetAccount");

    private static ServiceEndpoint Of(string name, string? given, string standard, string scope) => new()
    {
        System = name,
        BaseAddress = new(given is null ? standard : given.TrimEnd('/') + "/"),
        TokenReference = "the AWS credentials",
        NeededScope = scope,
        StatusPage = "https://health.aws.amazon.com/health/status",
    };
}
