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
        await values.SealOldAsync(session.View, cancellationToken);
        using CredentialParts? kept = await values.ReadNewAsync(session.View, cancellationToken);
        IReadOnlyList<string> found = await kind.FindMintedAsync(Order(session, input), cancellationToken);
        using CredentialParts parts = kept is not null && IsThere(kept, found)
            ? CredentialParts.Copy(kept)
            : await MakeAsync(session, kind, input, found, cancellationToken);
        await RemoveOthersAsync(session, kind, parts.Id, cancellationToken);
        await kind.VerifyNewAsync(session.Config, parts, cancellationToken);
        if (session.Config.Kind is CredentialKind.StripeApiKey or CredentialKind.GitHubToken or CredentialKind.GenericManual or CredentialKind.GeneratedSecret)
        {
            return new();
        }

        string? id = parts.Id;
        if (session.View.Record.Compromised && kind.Describe(session.Config).CanQuiesce && session.View.Record is { OldId: { } old, QuiescedAt: null })
        {
            await session.CallAsync(CallName.Quiesce, old, token => kind.QuiesceAsync(session.Config, old, token), cancellationToken);
        }

        return new() { NewId = id };
    }

    // A provider-made value counts only while its credential exists; one that is made here has nothing to look for.
    private static bool IsThere(CredentialParts kept, IReadOnlyList<string> found) => found.Count == 0 || kept.Id is null || found.Contains(kept.Id);

    private async Task<CredentialParts> MakeAsync(
        RotationSession session, ICredentialKind kind, FlowInput input, IReadOnlyList<string> found, CancellationToken cancellationToken)
    {
        if (kind.Describe(session.Config) is { OperatorMakes: true } traits && input.Provided is null)
        {
            throw new HeldException(HoldCode.ValueNeeded, "The new value must come from an operator.", $"{traits.MakeCard} Then: Resume-AfEnvRotation {session.Config.Name} -Value (Read-Host -AsSecureString)");
        }

        MintOrder order = Order(session, input);
        List<string> mine = [.. found.Where(id => !IsEarlierGeneration(session, id))];
        if (mine.Count > 1)
        {
            throw new HeldException(
                HoldCode.Ambiguous,
                $"{mine.Count} credentials could be the one that was made: {string.Join(", ", mine)}.",
                "Remove those that are not in use at the provider, or let all be removed with Resume-AfEnvRotation -Regenerate.");
        }

        if (mine.Count == 1)
        {
            if (await RecoverAsync(session, kind, order, mine[0], cancellationToken) is { } recovered)
            {
                return recovered;
            }

            await DiscardAsync(session, kind, mine[0], cancellationToken);
            order = Order(session, input);
        }

        CredentialParts? prepared = await kind.PrepareAsync(order, cancellationToken);
        if (prepared is not null)
        {
            foreach (string name in prepared.Names)
            {
                ValueGuard.Check(prepared[name], session.Config.Name);
            }

            await values.SealNewAsync(session.View, prepared, cancellationToken);
        }

        return await session.CallAsync(
            CallName.Mint,
            null,
            async token =>
            {
                CredentialParts made = await kind.MintAsync(order, prepared, token);
                if (prepared is null)
                {
                    await values.SealNewAsync(session.View, made, token);
                }

                return made;
            },
            made => new() { NewId = made.Id },
            cancellationToken);
    }

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

    // Nothing has ever used these: they were made by calls whose answers came late or twice.
    private static async Task RemoveOthersAsync(RotationSession session, ICredentialKind kind, string? adopted, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> all = await kind.FindMintedAsync(Order(session, new()), cancellationToken);
        foreach (string id in all.Where(id => id != adopted && !IsEarlierGeneration(session, id)))
        {
            await DiscardAsync(session, kind, id, cancellationToken);
        }
    }

    private static Task DiscardAsync(RotationSession session, ICredentialKind kind, string id, CancellationToken cancellationToken) =>
        session.CallAsync(CallName.Discard, id, token => kind.DiscardAsync(session.Config, id, token), cancellationToken);

    // A value of an earlier generation may stand in the lanes; it is removed with the old credential.
    private static bool IsEarlierGeneration(RotationSession session, string id) => session.View.Superseded.Contains(id);

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
