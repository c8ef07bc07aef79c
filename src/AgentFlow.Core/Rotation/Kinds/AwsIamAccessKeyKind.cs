using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Kinds;

/// <summary>An access key of an IAM user: a second key, then the old one inactive, soaked and deleted.</summary>
public sealed class AwsIamAccessKeyKind(IAccessKeys keys, string? pinnedAccount, TimeProvider time) : ICredentialKind
{
    private readonly AccessKeyRotation _keys = new(keys, pinnedAccount, time);

    /// <inheritdoc/>
    public CredentialKind Kind => CredentialKind.AwsIamAccessKey;

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config) => new()
    {
        Parts = [CredentialParts.SecretPart, CredentialParts.IdPart],
        CanQuiesce = true,
        TellsUse = true,
        RetryWindow = AccessKeyRotation.ReportDelay,
    };

    /// <inheritdoc/>
    public Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken) => _keys.InspectAsync(config, currentId, cancellationToken);

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken) => _keys.MintAsync(order, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) => _keys.FindMintedAsync(order, cancellationToken);

    /// <inheritdoc/>
    public Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken) => _keys.VerifyNewAsync(parts, cancellationToken);

    /// <inheritdoc/>
    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => _keys.DeleteAsync(config, id, cancellationToken);

    /// <inheritdoc/>
    public Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => _keys.ReadOldAsync(config, oldId, cancellationToken);

    /// <inheritdoc/>
    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => _keys.SetActiveAsync(config, oldId, false, cancellationToken);

    /// <inheritdoc/>
    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => _keys.SetActiveAsync(config, oldId, true, cancellationToken);

    /// <inheritdoc/>
    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => _keys.DeleteAsync(config, oldId, cancellationToken);
}
