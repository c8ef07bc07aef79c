using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>Login roles of the production database, through a role that may alter them.</summary>
public interface IRolePasswords
{
    /// <summary>The named roles that exist.</summary>
    Task<IReadOnlyList<LoginRole>> ReadAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>Sets a password by its verifier and lets the role log in.</summary>
    Task SetVerifierAsync(string role, string verifier, CancellationToken cancellationToken);

    /// <summary>Lets the role log in or not; sessions that are open stay.</summary>
    Task SetLoginAsync(string role, bool canLogin, CancellationToken cancellationToken);

    /// <summary>Takes login and password away.</summary>
    Task ClearAsync(string role, CancellationToken cancellationToken);

    /// <summary>True when the server accepts this password, false when it refuses it.</summary>
    Task<bool> TryLoginAsync(string role, Secret password, CancellationToken cancellationToken);
}
