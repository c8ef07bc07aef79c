using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Kinds;

/// <summary>An SES SMTP password: derived from an IAM secret and a region, so it rotates with an access key of its user.</summary>
public sealed class SesSmtpPasswordKind(IAccessKeys keys, IMailAccount mail, string? pinnedAccount, string defaultRegion, TimeProvider time) : ICredentialKind
{
    /// <summary>The part with the SMTP password; the SMTP user name is part <c>id</c>.</summary>
    public const string PasswordPart = "password";

    private readonly AccessKeyRotation _keys = new(keys, pinnedAccount, time);

    /// <inheritdoc/>
    public CredentialKind Kind => CredentialKind.SesSmtpPassword;

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config) => new()
    {
        Parts = [CredentialParts.SecretPart, CredentialParts.IdPart, PasswordPart],
        CanQuiesce = true,
        TellsUse = true,
        RetryWindow = AccessKeyRotation.ReportDelay,
    };

    /// <inheritdoc/>
    public async Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken)
    {
        KindSnapshot snapshot = await _keys.InspectAsync(config, currentId, cancellationToken);
        string region = Region(config);
        string? problem = await mail.FindSendingProblemAsync(region, cancellationToken);
        return snapshot with
        {
            Facts = [.. snapshot.Facts, region],
            Notes = problem is null ? snapshot.Notes : [.. snapshot.Notes, problem],
        };
    }

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public async Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken)
    {
        CredentialParts parts = await _keys.MintAsync(order, cancellationToken);
        parts.Add(PasswordPart, SesSmtpDerivation.Derive(parts[CredentialParts.SecretPart], Region(order.Config)));
        return parts;
    }

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

    private string Region(CredentialConfig config) => config.Region ?? defaultRegion;
}
