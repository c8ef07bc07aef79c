using AgentFlow.Faults;

namespace AgentFlow.Rotation;

/// <summary>
/// What is different about one kind of credential. Every write can be repeated: the flow may have died before it knew the answer.
/// </summary>
public interface ICredentialKind
{
    CredentialKind Kind { get; }

    /// <summary>What the flow needs to know beforehand.</summary>
    KindTraits Describe(CredentialConfig config);

    /// <summary>Reads pins, capacity and the credential in use; writes nothing.</summary>
    /// <param name="config">The credential.</param>
    /// <param name="currentId">Id of the credential in use as the journal or the config knows it; null when neither does.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken);

    /// <summary>Makes the value here, or checks and completes what the operator gave. Null for kinds whose provider makes it.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationValueRefused"/>.</exception>
    Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken);

    /// <summary>Makes the credential at the provider, or sets the prepared one there.</summary>
    /// <param name="order">For which rotation.</param>
    /// <param name="prepared">What <see cref="PrepareAsync"/> made; sealed by now.</param>
    /// <param name="cancellationToken">Stops the wait, not what the provider does.</param>
    /// <returns>All parts; <paramref name="prepared"/> itself when it was not null.</returns>
    Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken);

    /// <summary>Public ids of all that exists at the provider because of this rotation, whatever its generation; empty where the provider knows nothing of the value.</summary>
    Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken);

    /// <summary>The parts of a credential whose first answer was lost, or null when the provider tells a value only once.</summary>
    Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken);

    /// <summary>Returns once the provider accepts the new value.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationProofFailed"/> when it does not.</exception>
    Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken);

    /// <summary>Removes a credential that this rotation made and that nothing uses.</summary>
    Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken);

    /// <summary>How the old credential is doing.</summary>
    Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken);

    /// <summary>Disables the old credential in a way that <see cref="RestoreAsync"/> takes back. Nothing where a provider cannot.</summary>
    Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken);

    /// <summary>Takes <see cref="QuiesceAsync"/> back.</summary>
    Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken);

    /// <summary>Ends the old credential for good.</summary>
    Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken);
}
