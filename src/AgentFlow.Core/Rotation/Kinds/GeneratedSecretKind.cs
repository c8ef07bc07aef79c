namespace AgentFlow.Rotation.Kinds;

/// <summary>A value that only the application knows: made here, set in the variables, nothing to do at a provider.</summary>
public sealed class GeneratedSecretKind : ICredentialKind
{
    /// <inheritdoc/>
    public CredentialKind Kind => CredentialKind.GeneratedSecret;

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config) => new() { Parts = [CredentialParts.SecretPart], MadeHere = true };

    /// <inheritdoc/>
    public Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken) => Task.FromResult<KindSnapshot>(new()
    {
        Notes = config.PreviousVariable is null
            ? ["The app accepts one value only: what was signed with the old one stops being valid when the new deployment is promoted."]
            : [],
    });

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) =>
        Task.FromResult<CredentialParts?>(CredentialParts.Of(RandomValue.Create()));

    /// <inheritdoc/>
    public Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken) => Task.FromResult(prepared!);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) =>
        Task.FromResult<OldCredential>(new() { Life = OldLife.Dead });

    /// <inheritdoc/>
    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => Task.CompletedTask;
}
