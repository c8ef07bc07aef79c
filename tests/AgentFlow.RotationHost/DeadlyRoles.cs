using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.RotationHost;

/// <summary>A place before and after each call of a database, which does not pass the wire.</summary>
internal sealed class DeadlyRoles(IRolePasswords inner, DeathPlaces places) : IRolePasswords
{
    public Task<IReadOnlyList<LoginRole>> ReadAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        AroundAsync("database read roles", () => inner.ReadAsync(roles, cancellationToken), reads: true);

    public Task SetVerifierAsync(string role, string verifier, CancellationToken cancellationToken) =>
        AroundAsync("database set verifier", () => inner.SetVerifierAsync(role, verifier, cancellationToken));

    public Task SetLoginAsync(string role, bool canLogin, CancellationToken cancellationToken) =>
        AroundAsync(canLogin ? "database login" : "database nologin", () => inner.SetLoginAsync(role, canLogin, cancellationToken));

    public Task ClearAsync(string role, CancellationToken cancellationToken) =>
        AroundAsync("database clear", () => inner.ClearAsync(role, cancellationToken));

    public Task<bool> TryLoginAsync(string role, Secret password, CancellationToken cancellationToken) =>
        AroundAsync("database try login", () => inner.TryLoginAsync(role, password, cancellationToken), reads: true);

    private async Task<T> AroundAsync<T>(string call, Func<Task<T>> act, bool reads)
    {
        string after = places.Before(call, reads);
        T result = await act();
        places.After(after);
        return result;
    }

    private async Task AroundAsync(string call, Func<Task> act)
    {
        string after = places.Before(call, reads: false);
        await act();
        places.After(after);
    }
}
