using AgentFlow.Rotation;

namespace AgentFlow.RotationHost;

/// <summary>A place before and after each call of a kind, which for a database is the outside call itself.</summary>
internal sealed class DeadlyKind(ICredentialKind inner, DeathCounter counter) : ICredentialKind
{
    public CredentialKind Kind => inner.Kind;

    public KindTraits Describe(CredentialConfig config) => inner.Describe(config);

    public Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken) => AroundAsync(() => inner.InspectAsync(config, currentId, cancellationToken));

    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) => inner.PrepareAsync(order, cancellationToken);

    public Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken) => AroundAsync(() => inner.MintAsync(order, prepared, cancellationToken));

    public Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) => inner.FindMintedAsync(order, cancellationToken);

    public Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) => AroundAsync(() => inner.RecoverAsync(order, id, cancellationToken));

    public Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken) => AroundAsync(() => inner.VerifyNewAsync(config, parts, cancellationToken));

    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => AroundAsync(() => inner.DiscardAsync(config, id, cancellationToken));

    public Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => inner.ReadOldAsync(config, oldId, cancellationToken);

    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => AroundAsync(() => inner.QuiesceAsync(config, oldId, cancellationToken));

    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => AroundAsync(() => inner.RestoreAsync(config, oldId, cancellationToken));

    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => AroundAsync(() => inner.RevokeAsync(config, oldId, cancellationToken));

    private async Task<T> AroundAsync<T>(Func<Task<T>> call)
    {
        counter.Place();
        T result = await call();
        counter.Place();
        return result;
    }

    private async Task AroundAsync(Func<Task> call)
    {
        counter.Place();
        await call();
        counter.Place();
    }
}
