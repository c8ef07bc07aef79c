using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>
/// A credential that only a person can make and revoke, at the provider's own site. The value is checked for shape and, where the
/// provider can be asked, for its owner; the revocation is attested.
/// </summary>
public sealed class OperatorKind : ICredentialKind
{
    private readonly IApiKeyCheck? _check;
    private readonly string? _pinnedOwner;
    private readonly Func<IReadOnlyList<string>> _prefixes;
    private readonly string _make;
    private readonly string _revoke;

    private OperatorKind(CredentialKind kind, IApiKeyCheck? check, string? pinnedOwner, Func<IReadOnlyList<string>> prefixes, string make, string revoke)
    {
        Kind = kind;
        _check = check;
        _pinnedOwner = pinnedOwner;
        _prefixes = prefixes;
        _make = make;
        _revoke = revoke;
    }

    /// <inheritdoc/>
    public CredentialKind Kind { get; }

    /// <summary>A Stripe key. Its account must be the pinned one; the dashboard's "rotate" is never used, for it ends the old key at once.</summary>
    /// <param name="check">Asks Stripe whose it is.</param>
    /// <param name="pinnedAccount">The account.</param>
    /// <param name="live">Whether the account is used live; null when that is not known, and both modes pass.</param>
    public static OperatorKind Stripe(IApiKeyCheck check, string? pinnedAccount, Func<bool?> live) => new(
        CredentialKind.StripeApiKey,
        check,
        pinnedAccount,
        () => live() switch { true => ["rk_live_", "sk_live_"], false => ["rk_test_", "sk_test_"], null => ["rk_live_", "rk_test_", "sk_live_", "sk_test_"] },
        "In the Stripe dashboard, Developers, API keys: make a new restricted key with the same permissions. Do not use 'Rotate key': it ends the old one at once.",
        "In the Stripe dashboard, Developers, API keys: expire the old key.");

    /// <summary>A GitHub token. Its owner must be able to read the pinned repository.</summary>
    public static OperatorKind GitHub(IApiKeyCheck check, string? pinnedRepositoryId) => new(
        CredentialKind.GitHubToken,
        check,
        pinnedRepositoryId,
        static () => ["github_pat_", "ghp_", "gho_", "ghs_"],
        "On GitHub, Settings, Developer settings: make a new fine-grained token for the one repository, with the same permissions.",
        "On GitHub, Settings, Developer settings: delete the old token.");

    /// <summary>Anything else.</summary>
    public static OperatorKind Generic() => new(
        CredentialKind.GenericManual, null, null, static () => [], "Make a new credential at its provider.", "Revoke the old credential at its provider.");

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new()
        {
            Parts = [CredentialParts.SecretPart],
            MadeHere = true,
            OperatorMakes = true,
            OperatorRevokes = true,
            MakeCard = Card(_make, config),
            RevokeCard = Card(_revoke, config),
        };
    }

    /// <inheritdoc/>
    public Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken) => Task.FromResult<KindSnapshot>(new()
    {
        OldId = currentId ?? "the one before",
        Blockers = _check is not null && _pinnedOwner is null
            ? [new() { Code = BlockerCode.IdentityMismatch, Reason = "The config pins no owner for this kind of key." }]
            : [],
        Notes = ["The value is made and the old one revoked by a person; that revocation is attested, not measured."],
    });

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        Secret provided = order.Provided ?? throw new InvalidOperationException("The flow asks for the value before it prepares it.");
        string[] allowed = order.Config.Prefix is { } prefix ? [prefix] : [.. _prefixes()];
        bool fits = allowed.Length == 0 || provided.Use(value =>
        {
            foreach (string start in allowed)
            {
                if (value.StartsWith(System.Text.Encoding.UTF8.GetBytes(start)))
                {
                    return true;
                }
            }

            return false;
        });
        return fits
            ? Task.FromResult<CredentialParts?>(CredentialParts.Of(provided.Use(Secret.FromUtf8)))
            : throw new AfFaultException(
                FaultKind.InvalidArgument,
                FaultId.RotationValueRefused,
                $"The value given does not begin with {string.Join(" or ", allowed)}.",
                "Check that the right credential was copied; the value was not kept.",
                order.Config.Name);
    }

    /// <inheritdoc/>
    public Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken) => Task.FromResult(prepared!);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public async Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken)
    {
        if (_check is null)
        {
            return;
        }

        string? owner = await _check.ReadOwnerAsync(parts[CredentialParts.SecretPart], cancellationToken);
        if (owner is null || owner != _pinnedOwner)
        {
            throw new AfFaultException(
                FaultKind.InvalidArgument,
                FaultId.RotationValueRefused,
                owner is null ? "The provider does not accept the value given." : $"The value given belongs to {owner}, not to the pinned {_pinnedOwner}.",
                "Give the right one with Resume-AfEnvRotation -Regenerate -Value.",
                config.Name);
        }
    }

    /// <inheritdoc/>
    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) =>
        Task.FromResult<OldCredential>(new() { Life = OldLife.Unknown });

    /// <inheritdoc/>
    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Card(string what, CredentialConfig config) => config.Instructions is null ? what : $"{what} {config.Instructions}";
}
