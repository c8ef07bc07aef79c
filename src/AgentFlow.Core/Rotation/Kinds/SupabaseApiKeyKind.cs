using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>
/// A key of the project's API. Its value can be read again, so a lost answer loses nothing. Legacy keys are signed with one secret
/// and cannot be rotated singly: the way out is a new key, then refusing the legacy ones, which can be taken back.
/// </summary>
public sealed class SupabaseApiKeyKind(IProjectKeys keys, string? pinnedRef) : ICredentialKind
{
    /// <summary>What stands for the legacy keys where an id is asked for.</summary>
    public const string LegacyId = "legacy";

    private const string DescriptionMark = "AgentFlow rotation ";

    /// <inheritdoc/>
    public CredentialKind Kind => CredentialKind.SupabaseApiKey;

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config) => new()
    {
        Parts = [CredentialParts.SecretPart, CredentialParts.IdPart],
        CanQuiesce = config.ReplacesLegacy,
    };

    /// <inheritdoc/>
    public async Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProjectKey> all = await keys.ListAsync(cancellationToken);
        List<ProjectKey> same = [.. all.Where(key => key.Type == config.ApiKeyType && key.Id is not null)];
        List<RotationBlocker> blockers = [];
        if (pinnedRef is null)
        {
            blockers.Add(new() { Code = BlockerCode.IdentityMismatch, Reason = "The config pins no Supabase project (supabase.productionRef)." });
        }

        bool legacy = config.ReplacesLegacy && (currentId is null or LegacyId);
        string? old = legacy ? LegacyId : currentId ?? (same.Count == 1 ? same[0].Id : null);
        if (old is null || (!legacy && same.All(key => key.Id != old)))
        {
            blockers.Add(new()
            {
                Code = BlockerCode.IdentityMismatch,
                Reason = old is null
                    ? $"{same.Count} {config.ApiKeyType} keys exist; name the one in use as currentId of the credential."
                    : $"The key in use, {old}, does not exist.",
            });
            old = null;
        }

        List<string> notes = legacy
            ? ["The legacy keys end together: everything that still uses anon or service_role fails when they are disabled. Disabling can be taken back."]
            : ["Supabase cannot disable a single key: the old one works until it is deleted, and a deleted one does not come back."];
        return new()
        {
            OldId = old,
            KnownIds = [.. all.Where(key => key.Id is not null).Select(key => key.Id!)],
            Facts = [pinnedRef ?? string.Empty, old ?? string.Empty, config.ApiKeyType],
            Blockers = blockers,
            Notes = notes,
        };
    }

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public async Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken)
    {
        (string id, Secret value) = await keys.CreateAsync(order.Config.ApiKeyType, KeyName(order), DescriptionMark + order.RotationId, cancellationToken);
        return CredentialParts.Of(value, id);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) =>
    [
        .. (await keys.ListAsync(cancellationToken))
            .Where(key => key.Id is not null && key.Description == DescriptionMark + order.RotationId)
            .Select(key => key.Id!),
    ];

    /// <inheritdoc/>
    public async Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) =>
        await keys.RevealAsync(id, cancellationToken) is { } value ? CredentialParts.Of(value, id) : null;

    /// <inheritdoc/>
    public async Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken)
    {
        using Secret? value = await keys.RevealAsync(parts.Id!, cancellationToken);
        if (value is null || !value.Matches(parts[CredentialParts.SecretPart]))
        {
            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.RotationProofFailed, $"The project does not hold the new key {parts.Id} with the sealed value.", "Make a new one with -Regenerate.", parts.Id);
        }
    }

    /// <inheritdoc/>
    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => keys.DeleteAsync(id, compromised: false, cancellationToken);

    /// <inheritdoc/>
    public async Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken)
    {
        if (oldId == LegacyId)
        {
            return new() { Life = await keys.ReadLegacyEnabledAsync(cancellationToken) ? OldLife.Alive : OldLife.Disabled };
        }

        return new() { Life = (await keys.ListAsync(cancellationToken)).Any(key => key.Id == oldId) ? OldLife.Alive : OldLife.Dead };
    }

    /// <inheritdoc/>
    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) =>
        oldId == LegacyId ? keys.SetLegacyEnabledAsync(false, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) =>
        oldId == LegacyId ? keys.SetLegacyEnabledAsync(true, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) =>
        oldId == LegacyId ? keys.SetLegacyEnabledAsync(false, cancellationToken) : keys.DeleteAsync(oldId, compromised: false, cancellationToken);

    // Names are ^[a-z_][a-z0-9_]+$, 4 to 64 long.
    private static string KeyName(MintOrder order) => $"af_{order.RotationId}_{order.Generation}_{order.Attempt}";
}
