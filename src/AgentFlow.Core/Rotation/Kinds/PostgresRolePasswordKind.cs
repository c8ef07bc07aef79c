using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>
/// Two roles with the same rights take turns: the idle one gets the new password, the other is later kept from logging in and
/// then loses its password. Setting a verifier can be repeated, and the server never sees the text.
/// </summary>
public sealed class PostgresRolePasswordKind(IRolePasswords roles) : ICredentialKind
{
    /// <summary>The part with the role's name and password in the config's template.</summary>
    public const string UrlPart = "url";

    /// <summary>The part with the role's name.</summary>
    public const string RolePart = "role";

    /// <inheritdoc/>
    public CredentialKind Kind => CredentialKind.PostgresRolePassword;

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config) => new()
    {
        Parts = [CredentialParts.SecretPart, RolePart, UrlPart],
        MadeHere = true,
        ReplacesInPlace = config.Roles.Count == 2,
        CanQuiesce = true,
        TellsUse = true,
    };

    /// <inheritdoc/>
    public async Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoginRole> found = await roles.ReadAsync(config.Roles, cancellationToken);
        List<RotationBlocker> blockers = [];
        List<string> notes = [];
        string? old = null;
        if (config.Roles.Count is < 1 or > 2 || found.Count != config.Roles.Count)
        {
            blockers.Add(new() { Code = BlockerCode.IdentityMismatch, Reason = "The credential must name one or two roles that exist in the database." });
        }
        else if (config.Roles.Count == 1)
        {
            notes.Add("One role only: its sessions cannot be opened between the change of the password and the promotion.");
            if (!config.AllowDowntime)
            {
                blockers.Add(new() { Code = BlockerCode.Capacity, Reason = "One role has one password: name a second role with the same rights, or set allowDowntime." });
            }
        }
        else
        {
            List<LoginRole> able = [.. found.Where(role => role.CanLogin)];
            old = able.Count == 1 ? able[0].Name : config.Roles.FirstOrDefault(role => role == currentId);
            LoginRole? idle = found.FirstOrDefault(role => role.Name != old);
            if (old is null)
            {
                blockers.Add(new() { Code = BlockerCode.IdentityMismatch, Reason = "Both roles can log in; name the one in use as currentId of the credential." });
            }
            else if (idle is { Sessions: > 0 })
            {
                blockers.Add(new() { Code = BlockerCode.Capacity, Reason = $"The idle role {idle.Name} has {idle.Sessions} open sessions: somebody uses it." });
            }
        }

        return new()
        {
            OldId = old,
            KnownIds = [.. found.Select(role => role.Name)],
            Facts = [.. found.Select(role => $"{role.Name}:{(role.CanLogin ? "login" : "nologin")}")],
            Blockers = blockers,
            Notes = notes,
        };
    }

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken)
    {
        string role = NewRole(order);
        CredentialParts parts = CredentialParts.Of(RandomValue.Create(), role);
        parts.Add(RolePart, Secret.FromChars(role));
        if (order.Config.UrlTemplate is { } template)
        {
            string url = template
                .Replace("{role}", Uri.EscapeDataString(role), StringComparison.Ordinal)
                .Replace("{password}", Uri.EscapeDataString(parts[CredentialParts.SecretPart].Reveal()), StringComparison.Ordinal);
            parts.Add(UrlPart, Secret.FromChars(url));
        }

        return Task.FromResult<CredentialParts?>(parts);
    }

    /// <inheritdoc/>
    public async Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken)
    {
        await roles.SetVerifierAsync(NewRole(order), ScramVerifier.Create(prepared![CredentialParts.SecretPart]), cancellationToken);
        return prepared;
    }

    // The role was there before; what the rotation made is that it can log in.
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) => order.LastCallAt is null || order.Config.Roles.Count != 2
        ? []
        : [.. (await roles.ReadAsync([NewRole(order)], cancellationToken)).Where(static role => role.CanLogin).Select(static role => role.Name)];

    /// <inheritdoc/>
    public Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public async Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken)
    {
        if (!await roles.TryLoginAsync(parts.Id!, parts[CredentialParts.SecretPart], cancellationToken))
        {
            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.RotationProofFailed, $"The database does not let {parts.Id} in with the new password.", "Look at pg_hba.conf and the role's rights, then resume.", parts.Id);
        }
    }

    /// <inheritdoc/>
    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) =>
        config.Roles.Count == 2 ? roles.ClearAsync(id, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoginRole> found = await roles.ReadAsync([oldId], cancellationToken);
        LoginRole? role = found.Count == 0 ? null : found[0];
        return new()
        {
            Life = role switch
            {
                { CanLogin: true } => OldLife.Alive,
                { HasPassword: true } => OldLife.Disabled,
                _ => OldLife.Dead,
            },
            InUseNow = role is { Sessions: > 0 },
        };
    }

    /// <inheritdoc/>
    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => roles.SetLoginAsync(oldId, false, cancellationToken);

    /// <inheritdoc/>
    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => roles.SetLoginAsync(oldId, true, cancellationToken);

    /// <inheritdoc/>
    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => roles.ClearAsync(oldId, cancellationToken);

    private static string NewRole(MintOrder order) => order.Config.Roles.FirstOrDefault(role => role != order.OldId) ?? order.Config.Roles[0];
}
