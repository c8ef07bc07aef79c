namespace AgentFlow.Rotation.Steps;

/// <summary>
/// Makes the new credential. Values made here are sealed before they are set; values made by the provider are looked for first,
/// because the call that made one may have lost its answer.
/// </summary>
internal sealed class MintStep(RotationPorts ports, SealedValues values) : IRotationStep
{
    public string Name => "mint";

    public RotationState To => RotationState.Minted;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        ICredentialKind kind = ports.KindOf(session.Config);
        KindTraits traits = kind.Describe(session.Config);
        await values.SealOldAsync(session.View, cancellationToken);
        using CredentialParts parts = traits.MadeHere
            ? await SetAsync(session, kind, traits, input, cancellationToken)
            : await ObtainAsync(session, kind, cancellationToken);
        await kind.VerifyNewAsync(session.Config, parts, cancellationToken);
        if (session.View.Record is { Compromised: true, OldId: { } old, QuiescedAt: null } && traits.CanQuiesce)
        {
            await session.CallAsync(CallName.Quiesce, old, token => kind.QuiesceAsync(session.Config, old, token), cancellationToken);
        }

        return new() { NewId = parts.Id };
    }

    // Sealed first, then set; what is sealed already is set again, for nobody knows whether it was.
    private async Task<CredentialParts> SetAsync(
        RotationSession session, ICredentialKind kind, KindTraits traits, FlowInput input, CancellationToken cancellationToken)
    {
        MintOrder order = Order(session, input);
        CredentialParts? parts = await values.ReadNewAsync(session.View, cancellationToken);
        if (parts is null)
        {
            if (traits.OperatorMakes && input.Provided is null)
            {
                throw new HeldException(
                    HoldCode.ValueNeeded,
                    "The new value must come from an operator.",
                    $"{traits.MakeCard} Then: Resume-AfEnvRotation {session.Config.Name} -Value (Read-Host -AsSecureString)",
                    traits.MakeCard);
            }

            if (input.Provided is { } provided && traits.OperatorMakes)
            {
                ValueGuard.Check(provided, session.Config.Name);
            }

            parts = (await kind.PrepareAsync(order, cancellationToken))!;
            await values.SealNewAsync(session.View, parts, cancellationToken);
        }

        return await session.CallAsync(CallName.Mint, parts.Id, token => kind.MintAsync(order, parts, token), static _ => new(), cancellationToken);
    }

    // Looked for first: the call that made one may have lost its answer.
    private async Task<CredentialParts> ObtainAsync(RotationSession session, ICredentialKind kind, CancellationToken cancellationToken)
    {
        CredentialParts? parts = await values.ReadNewAsync(session.View, cancellationToken);
        IReadOnlyList<string> found = await FindAsync(session, kind, cancellationToken);
        if (parts is not null && !found.Contains(parts.Id!))
        {
            parts.Dispose();
            throw new HeldException(
                HoldCode.ChangedUnderneath,
                "The credential whose value is sealed here is not at the provider.",
                "If somebody removed it, make another with Resume-AfEnvRotation -Regenerate; if the provider is slow to list it, Resume-AfEnvRotation.");
        }

        if (parts is null && found.Count > 1)
        {
            throw new HeldException(
                HoldCode.Ambiguous,
                $"{found.Count} credentials could be the one that was made: {string.Join(", ", found)}.",
                "Remove those that are not in use at the provider, or let all be removed with Resume-AfEnvRotation -Regenerate.");
        }

        if (parts is null && found.Count == 1)
        {
            parts = await RecoverAsync(session, kind, Order(session, new()), found[0], cancellationToken);
            if (parts is null)
            {
                await DiscardAsync(session, kind, found[0], cancellationToken);
            }
        }

        parts ??= await MakeAsync(session, kind, cancellationToken);

        // Nothing has ever used the others: they were made by calls whose answers came late or twice.
        foreach (string other in (await FindAsync(session, kind, cancellationToken)).Where(id => id != parts.Id))
        {
            await DiscardAsync(session, kind, other, cancellationToken);
        }

        return parts;
    }

    private Task<CredentialParts> MakeAsync(RotationSession session, ICredentialKind kind, CancellationToken cancellationToken)
    {
        MintOrder order = Order(session, new());
        return session.CallAsync(
            CallName.Mint,
            null,
            async token =>
            {
                CredentialParts made = await kind.MintAsync(order, null, token);
                await values.SealNewAsync(session.View, made, token);
                return made;
            },
            made => new() { NewId = made.Id },
            cancellationToken);
    }

    // A value of an earlier generation may stand in the lanes; it goes with the old credential, not now.
    private static async Task<IReadOnlyList<string>> FindAsync(RotationSession session, ICredentialKind kind, CancellationToken cancellationToken) =>
        [.. (await kind.FindMintedAsync(Order(session, new()), cancellationToken)).Where(id => !session.View.Superseded.Contains(id))];

    private Task<CredentialParts?> RecoverAsync(
        RotationSession session, ICredentialKind kind, MintOrder order, string id, CancellationToken cancellationToken) => session.CallAsync(
        CallName.Recover,
        id,
        async token =>
        {
            CredentialParts? parts = await kind.RecoverAsync(order, id, token);
            if (parts is not null)
            {
                await values.SealNewAsync(session.View, parts, token);
            }

            return parts;
        },
        parts => new() { NewId = parts?.Id },
        cancellationToken);

    private static Task DiscardAsync(RotationSession session, ICredentialKind kind, string id, CancellationToken cancellationToken) =>
        session.CallAsync(CallName.Discard, id, token => kind.DiscardAsync(session.Config, id, token), cancellationToken);

    internal static MintOrder Order(RotationSession session, FlowInput input)
    {
        RotationView view = session.View;
        return new()
        {
            Config = session.Config,
            RotationId = view.Record.RotationId,
            Generation = view.Record.Generation,
            Attempt = view.Attempt,
            OldId = view.Record.OldId,
            KnownIds = view.KnownIds,
            StartedAt = view.Record.StartedAt,
            FirstCallAt = view.MintCalledAt,
            LastCallAt = view.LastMintCallAt,
            Provided = input.Provided,
        };
    }
}
