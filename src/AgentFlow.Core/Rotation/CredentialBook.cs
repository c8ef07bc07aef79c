using AgentFlow.Faults;

namespace AgentFlow.Rotation;

/// <summary>The config's credentials by name.</summary>
public static class CredentialBook
{
    /// <summary>One credential.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationCredentialUnknown"/>.</exception>
    public static CredentialConfig Find(AfConfig config, string name)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Credentials.FirstOrDefault(credential => string.Equals(credential.Name, name, StringComparison.OrdinalIgnoreCase)) ?? throw new AfFaultException(
            FaultKind.NotFound,
            FaultId.RotationCredentialUnknown,
            $"The config describes no credential {name}.",
            config.Credentials.Count == 0 ? "Describe it under credentials in agentflow.json." : $"Known are: {string.Join(", ", config.Credentials.Select(credential => credential.Name))}.",
            name);
    }

    /// <summary>Refuses a write to production that does not repeat the application's name.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationStateRefused"/>.</exception>
    public static void RequireTarget(AfConfig config, string? given, bool promptIsOff)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (given is null ? promptIsOff : !string.Equals(given, config.Name, StringComparison.Ordinal))
        {
            throw new AfFaultException(
                FaultKind.Guard,
                FaultId.RotationStateRefused,
                given is null ? "A write to production without a prompt must name its target." : $"The target given is not {config.Name}.",
                $"Add -ConfirmTarget '{config.Name}' when that is the application you mean.",
                config.Name);
        }
    }
}
