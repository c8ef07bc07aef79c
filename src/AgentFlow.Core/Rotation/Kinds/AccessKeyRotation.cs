using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>What IAM access keys and the SES passwords derived from them have in common. A user has room for two keys, and a secret is told once.</summary>
internal sealed class AccessKeyRotation(IAccessKeys keys, string? pinnedAccount, TimeProvider time)
{
    private const int TwoKeys = 2;
    private const int SteadyAnswers = 3;

    // IAM's clock and ours differ; an orphan must still be younger than the rotation.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    // Keys carry no tag. One made long after our last call is somebody else's, whatever it looks like.
    private static readonly TimeSpan s_latestArrival = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_pollEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_consistent = TimeSpan.FromMinutes(2);

    /// <summary>Last use is reported with some hours' delay.</summary>
    public static TimeSpan ReportDelay { get; } = TimeSpan.FromHours(4);

    public async Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken)
    {
        List<RotationBlocker> blockers = [];
        string account = await keys.ReadCallerAccountAsync(cancellationToken);
        if (pinnedAccount is null || account != pinnedAccount)
        {
            blockers.Add(Mismatch(pinnedAccount is null ? "The config pins no AWS account (aws.accountId)." : $"The AWS credentials belong to account {account}, not to the pinned {pinnedAccount}."));
        }

        IReadOnlyList<AccessKey> all = config.UserName is null ? [] : await keys.ListAsync(config.UserName, cancellationToken);
        AccessKey? old = currentId is null && all.Count == 1 ? all[0] : all.FirstOrDefault(key => key.Id == currentId);
        if (old is null)
        {
            blockers.Add(Mismatch(config.UserName is null
                ? "The credential names no IAM user (userName)."
                : $"User {config.UserName} has {all.Count} keys and none of them is known as the one in use; name it as currentId of the credential."));
        }

        if (all.Count >= TwoKeys)
        {
            blockers.Add(new()
            {
                Code = BlockerCode.Capacity,
                Reason = $"User {config.UserName} has {all.Count} keys, which is all that IAM allows; remove the one that is not in use.",
            });
        }

        return new() { OldId = old?.Id, KnownIds = [.. all.Select(key => key.Id)], Facts = [account, config.UserName ?? string.Empty, .. all.Select(key => key.Id).Order(StringComparer.Ordinal)], Blockers = blockers };
    }

    public async Task<CredentialParts> MintAsync(MintOrder order, CancellationToken cancellationToken)
    {
        (string id, Secret secret) = await keys.CreateAsync(order.Config.UserName!, cancellationToken);
        return CredentialParts.Of(secret, id);
    }

    public async Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) => order.LastCallAt is not { } last
        ? []
        :
        [
            .. (await keys.ListAsync(order.Config.UserName!, cancellationToken))
                .Where(key => !order.KnownIds.Contains(key.Id) && key.CreatedAt >= order.StartedAt - s_clockSkew && key.CreatedAt <= last + s_latestArrival)
                .Select(key => key.Id),
        ];

    // A new key fails for seconds, and for some servers longer than for others: several answers in a row must agree.
    public async Task VerifyNewAsync(CredentialParts parts, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        int steady = 0;
        while (true)
        {
            string? account = await keys.TryAsync(parts.Id!, parts[CredentialParts.SecretPart], cancellationToken);
            steady = account is not null && account == pinnedAccount ? steady + 1 : 0;
            if (steady == SteadyAnswers)
            {
                return;
            }

            if (steady == 0 && time.GetElapsedTime(begun) > s_consistent)
            {
                throw new AfFaultException(
                    FaultKind.InvalidState, FaultId.RotationProofFailed, $"AWS does not accept the new key {parts.Id} of the pinned account.", "Make a new one with -Regenerate.", parts.Id);
            }

            await (steady > 0 ? Task.CompletedTask : Task.Delay(s_pollEvery, time, cancellationToken));
        }
    }

    public Task DeleteAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => keys.DeleteAsync(config.UserName!, id, cancellationToken);

    public Task SetActiveAsync(CredentialConfig config, string id, bool active, CancellationToken cancellationToken) =>
        keys.SetActiveAsync(config.UserName!, id, active, cancellationToken);

    public async Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken)
    {
        AccessKey? key = (await keys.ListAsync(config.UserName!, cancellationToken)).FirstOrDefault(key => key.Id == oldId);
        return new()
        {
            Life = key switch { null => OldLife.Dead, { Active: true } => OldLife.Alive, _ => OldLife.Disabled },
            LastUsedAt = key is null ? null : await keys.ReadLastUsedAsync(oldId, cancellationToken),
        };
    }

    private static RotationBlocker Mismatch(string reason) => new() { Code = BlockerCode.IdentityMismatch, Reason = reason };
}
