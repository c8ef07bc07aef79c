namespace AgentFlow.Safety;

/// <summary>The places that a <see cref="SecretReference"/> can name.</summary>
public enum SecretSource
{
    /// <summary>A variable of the process environment.</summary>
    Environment,

    /// <summary>A vault registered with Microsoft.PowerShell.SecretManagement.</summary>
    Vault,

    /// <summary>A file that only its owner can read.</summary>
    File,
}
