using AgentFlow.Faults;
using AgentFlow.Safety;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace AgentFlow.Adapters.Aws;

/// <summary>The operator's own AWS credentials, found as every AWS tool finds them: environment, profile, SSO, role.</summary>
internal sealed class AwsCredentialChain(string? profile, Func<Secret>? key)
{
    /// <summary>Reads them anew for each call, because temporary ones change.</summary>
    /// <exception cref="AfFaultException">There are none.</exception>
    public async Task<AwsIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (key is not null)
        {
            return key().Use(Split);
        }

        try
        {
            AWSCredentials credentials = profile is null
                ? DefaultAWSCredentialsIdentityResolver.GetCredentials(null)
                : new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out AWSCredentials found) ? found : throw Missing();
            ImmutableCredentials now = await credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
            return new(now.AccessKey, Secret.FromChars(now.SecretKey), string.IsNullOrEmpty(now.Token) ? null : now.Token);
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException)
        {
            throw Missing();
        }
    }

    private static AwsIdentity Split(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        return colon > 0 && colon < text.Length - 1
            ? new(System.Text.Encoding.ASCII.GetString(text[..colon]), Secret.FromUtf8(text[(colon + 1)..]), null)
            : throw new AfFaultException(FaultKind.InvalidArgument, FaultId.RotationInputInvalid, "What aws.key points to is not ACCESS_KEY_ID:SECRET.", "Store both with a colon between them.");
    }

    private AfFaultException Missing() => new(
        FaultKind.Authentication,
        FaultId.SecretNotFound,
        profile is null ? "No AWS credentials were found in the usual places." : $"The AWS profile {profile} gives no credentials.",
        "Sign in with the AWS tools (environment variables, a profile or SSO), or name a profile as aws.profile.",
        profile);
}
