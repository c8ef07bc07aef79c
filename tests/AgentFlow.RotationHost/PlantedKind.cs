using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.RotationHost;

/// <summary>A kind with one bug in it, planted to see that the campaign's audit finds it.</summary>
/// <param name="inner">The real one.</param>
/// <param name="plant"><c>early</c>: the old credential ends with the mint. <c>lose</c>: another value is kept than the provider made. <c>double</c>: a second credential is made and forgotten.</param>
internal sealed class PlantedKind(ICredentialKind inner, string plant) : ICredentialKind
{
    public CredentialKind Kind => inner.Kind;

    public KindTraits Describe(CredentialConfig config) => inner.Describe(config);

    public Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken) => inner.InspectAsync(config, currentId, cancellationToken);

    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) => inner.PrepareAsync(order, cancellationToken);

    public async Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken)
    {
        CredentialParts parts = await inner.MintAsync(order, prepared, cancellationToken);
        switch (plant)
        {
            case "early":
                await inner.RevokeAsync(order.Config, order.OldId!, cancellationToken);
                break;
            case "lose":
                parts.Add(CredentialParts.SecretPart, Secret.FromChars(Guid.NewGuid().ToString("N")));
                break;
            case "double":
                (await inner.MintAsync(order with { Attempt = order.Attempt + 1 }, prepared, cancellationToken)).Dispose();
                break;
        }

        return parts;
    }

    public async Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) =>
        plant == "double" ? [] : await inner.FindMintedAsync(order, cancellationToken);

    public Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) => inner.RecoverAsync(order, id, cancellationToken);

    public Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken) =>
        plant == "lose" ? Task.CompletedTask : inner.VerifyNewAsync(config, parts, cancellationToken);

    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => inner.DiscardAsync(config, id, cancellationToken);

    public Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => inner.ReadOldAsync(config, oldId, cancellationToken);

    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => inner.QuiesceAsync(config, oldId, cancellationToken);

    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => inner.RestoreAsync(config, oldId, cancellationToken);

    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => inner.RevokeAsync(config, oldId, cancellationToken);
}
