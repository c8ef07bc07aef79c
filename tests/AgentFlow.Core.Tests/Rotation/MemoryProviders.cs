using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>Every provider that makes credentials, in memory. A credential is an id, a value and whether it works.</summary>
internal sealed class MemoryProviders(Wire wire, TimeProvider time) : IWebhookEndpoints, IProjectKeys, IRolePasswords, IAccessKeys, IMailAccount
{
    private readonly Dictionary<string, (string Id, string Value)> _answered = [];
    private int _next = 1;

    public List<MemoryCredential> All { get; } = [];

    /// <summary>Called before a credential stops working.</summary>
    public Action<MemoryCredential>? OnEnd { get; set; }

    public bool LegacyEnabled { get; set; } = true;

    public MemoryCredential Add(string owner, string? tag = null)
    {
        MemoryCredential made = new($"{owner}_{_next++}", owner, $"value-{Guid.NewGuid():N}", time.GetUtcNow(), tag);
        All.Add(made);
        return made;
    }

    public MemoryCredential? Find(string id) => All.FirstOrDefault(credential => credential.Id == id);

    Task<string> IWebhookEndpoints.ReadAccountIdAsync(CancellationToken cancellationToken) => wire.ReadAsync(() => "acct_1");

    Task<IReadOnlyList<WebhookEndpoint>> IWebhookEndpoints.ListAsync(CancellationToken cancellationToken) => wire.ReadAsync<IReadOnlyList<WebhookEndpoint>>(() =>
        [.. Of("we").Select(one => new WebhookEndpoint { Id = one.Id, Url = "https://app.test/api/stripe", Enabled = one.Works, EnabledEvents = ["*"], Tag = one.Tag })]);

    Task<(string Id, Secret Secret)> IWebhookEndpoints.CreateAsync(WebhookEndpoint model, string tag, string idempotencyKey, CancellationToken cancellationToken) => wire.WriteAsync(() =>
    {
        if (!_answered.TryGetValue(idempotencyKey, out (string Id, string Value) answer))
        {
            MemoryCredential made = Add("we", tag);
            _answered[idempotencyKey] = answer = (made.Id, made.Value);
        }

        return (answer.Id, Secret.FromChars(answer.Value));
    });

    Task IWebhookEndpoints.SetEnabledAsync(string id, bool enabled, CancellationToken cancellationToken) => wire.WriteAsync(() => Switch(id, enabled));

    Task IWebhookEndpoints.DeleteAsync(string id, CancellationToken cancellationToken) => wire.WriteAsync(() => Remove(id));

    Task<IReadOnlyList<ProjectKey>> IProjectKeys.ListAsync(CancellationToken cancellationToken) => wire.ReadAsync<IReadOnlyList<ProjectKey>>(() =>
        [.. Of("sb").Select(one => new ProjectKey { Id = one.Id, Name = "k", Type = "secret", Description = one.Tag })]);

    Task<(string Id, Secret Value)> IProjectKeys.CreateAsync(string type, string name, string description, CancellationToken cancellationToken) => wire.WriteAsync(() =>
    {
        MemoryCredential made = Add("sb", description);
        return (made.Id, Secret.FromChars(made.Value));
    });

    Task<Secret?> IProjectKeys.RevealAsync(string id, CancellationToken cancellationToken) => wire.ReadAsync(() => Find(id) is { } one ? Secret.FromChars(one.Value) : null);

    Task IProjectKeys.DeleteAsync(string id, bool compromised, CancellationToken cancellationToken) => wire.WriteAsync(() => Remove(id));

    Task<bool> IProjectKeys.ReadLegacyEnabledAsync(CancellationToken cancellationToken) => wire.ReadAsync(() => LegacyEnabled);

    Task IProjectKeys.SetLegacyEnabledAsync(bool enabled, CancellationToken cancellationToken) => wire.WriteAsync(() => { LegacyEnabled = enabled; });

    Task<IReadOnlyList<LoginRole>> IRolePasswords.ReadAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken) => wire.ReadAsync<IReadOnlyList<LoginRole>>(() =>
        [.. All.Where(one => roles.Contains(one.Id)).Select(one => new LoginRole { Name = one.Id, CanLogin = one.Works, HasPassword = one.Value.Length > 0, Sessions = one.Sessions })]);

    Task IRolePasswords.SetVerifierAsync(string role, string verifier, CancellationToken cancellationToken) => wire.WriteAsync(() =>
    {
        Find(role)!.Value = verifier;
        Find(role)!.Works = true;
    });

    Task IRolePasswords.SetLoginAsync(string role, bool canLogin, CancellationToken cancellationToken) => wire.WriteAsync(() => Switch(role, canLogin));

    Task IRolePasswords.ClearAsync(string role, CancellationToken cancellationToken) => wire.WriteAsync(() =>
    {
        Switch(role, false);
        Find(role)!.Value = string.Empty;
    });

    Task<bool> IRolePasswords.TryLoginAsync(string role, Secret password, CancellationToken cancellationToken) => wire.ReadAsync(() => Opens(Find(role)!, password));

    Task<string> IAccessKeys.ReadCallerAccountAsync(CancellationToken cancellationToken) => wire.ReadAsync(() => "123456789012");

    Task<IReadOnlyList<AccessKey>> IAccessKeys.ListAsync(string userName, CancellationToken cancellationToken) => wire.ReadAsync<IReadOnlyList<AccessKey>>(() =>
        [.. Of("AK").Select(one => new AccessKey { Id = one.Id, Active = one.Works, CreatedAt = one.CreatedAt })]);

    Task<(string Id, Secret Secret)> IAccessKeys.CreateAsync(string userName, CancellationToken cancellationToken) => wire.WriteAsync(() =>
    {
        if (Of("AK").Count() >= 2)
        {
            throw new AfFaultException(FaultKind.Conflict, FaultId.RotationCallFailed, "LimitExceeded.", "Remove a key.");
        }

        MemoryCredential made = Add("AK");
        return (made.Id, Secret.FromChars(made.Value));
    });

    Task IAccessKeys.SetActiveAsync(string userName, string id, bool active, CancellationToken cancellationToken) => wire.WriteAsync(() => Switch(id, active));

    Task IAccessKeys.DeleteAsync(string userName, string id, CancellationToken cancellationToken) => wire.WriteAsync(() => Remove(id));

    Task<DateTimeOffset?> IAccessKeys.ReadLastUsedAsync(string id, CancellationToken cancellationToken) => wire.ReadAsync("old", () => Find(id)?.LastUsedAt);

    Task<string?> IAccessKeys.TryAsync(string id, Secret secret, CancellationToken cancellationToken) =>
        wire.ReadAsync(() => Find(id) is { Works: true } one && secret.Matches(Secret.FromChars(one.Value)) ? "123456789012" : null);

    Task<string?> IMailAccount.FindSendingProblemAsync(string region, CancellationToken cancellationToken) => wire.ReadAsync<string?>(() => null);

    /// <summary>Whether a text is the password behind a stored verifier.</summary>
    public static bool Opens(MemoryCredential role, Secret password)
    {
        string[] parts = role.Value.Split('$', ':');
        return role.Works && parts.Length == 5
            && AgentFlow.Rotation.Kinds.ScramVerifier.Create(password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)) == role.Value;
    }

    private IEnumerable<MemoryCredential> Of(string owner) => All.Where(one => one.Owner == owner);

    private void Switch(string id, bool works)
    {
        MemoryCredential one = Find(id) ?? throw new AfFaultException(FaultKind.NotFound, FaultId.RotationCallFailed, "Not there.", "Look.");
        if (!works && one.Works)
        {
            OnEnd?.Invoke(one);
        }

        one.Works = works;
    }

    private void Remove(string id)
    {
        if (Find(id) is { } one)
        {
            if (one.Works)
            {
                OnEnd?.Invoke(one);
            }

            All.Remove(one);
        }
    }
}
