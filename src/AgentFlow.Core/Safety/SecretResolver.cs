using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using AgentFlow.Faults;

namespace AgentFlow.Safety;

/// <summary>Turns a <see cref="SecretReference"/> into a <see cref="Secret"/> at the moment it is needed.</summary>
/// <param name="vault">Reads one entry of a registered vault; null when no vault module is there.</param>
public sealed class SecretResolver(Func<string, Secret?>? vault = null)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads the secret. Trailing line ends of a file are not part of it.</summary>
    /// <exception cref="AfFaultException">AfSecretNotFound, AfSecretFileExposed.</exception>
    public Secret Resolve(SecretReference reference, string usedFor)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Source switch
        {
            SecretSource.Environment => FromEnvironment(reference, usedFor),
            SecretSource.Vault => vault?.Invoke(reference.Name) ?? throw NotFound(reference, usedFor, "Register a vault with Microsoft.PowerShell.SecretManagement and store it there with Set-Secret."),
            _ => FromFile(reference, usedFor),
        };
    }

    private static Secret FromEnvironment(SecretReference reference, string usedFor) => Environment.GetEnvironmentVariable(reference.Name) is { Length: > 0 } value
        ? Secret.FromChars(value)
        : throw NotFound(reference, usedFor, $"Set the environment variable {reference.Name} for this process, or point the config at a vault or file.");

    private static Secret FromFile(SecretReference reference, string usedFor)
    {
        if (!File.Exists(reference.Name))
        {
            throw NotFound(reference, usedFor, "Make the file, readable by you alone, or correct the path in the config.");
        }

        // Opened before it is checked: the handle that was checked is the one that is read.
        using FileStream stream = Open(reference, usedFor);
        bool exposed = OperatingSystem.IsWindows() ? IsOpenToOthers(stream) : (File.GetUnixFileMode(stream.SafeFileHandle) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0;
        if (exposed)
        {
            throw new AfFaultException(
                FaultKind.Guard,
                FaultId.SecretFileExposed,
                $"The secret file for {usedFor} can be read by others.",
                OperatingSystem.IsWindows() ? "Remove inherited permissions and grant yourself alone (icacls PATH /inheritance:r /grant:r %USERNAME%:R)." : $"Run: chmod 600 '{reference.Name}'",
                reference.Name);
        }

        byte[] bytes = new byte[Math.Min(stream.Length, MostBytes)];
        try
        {
            stream.ReadExactly(bytes);
            ReadOnlySpan<byte> value = bytes.AsSpan().TrimEnd("\r\n"u8);
            return value.Length > 0 ? Secret.FromUtf8(value.StartsWith("\uFEFF"u8) ? value[3..] : value) : throw NotFound(reference, usedFor, "The file is empty: put the secret into it.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static FileStream Open(SecretReference reference, string usedFor)
    {
        try
        {
            return new(reference.Name, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotFound(reference, usedFor, "The file cannot be opened: see that it belongs to you and that no other program holds it.");
        }
    }

    [SupportedOSPlatform("windows")]
    private static bool IsOpenToOthers(FileStream stream)
    {
        SecurityIdentifier me = WindowsIdentity.GetCurrent().User!;
        SecurityIdentifier system = new(WellKnownSidType.LocalSystemSid, null);
        SecurityIdentifier administrators = new(WellKnownSidType.BuiltinAdministratorsSid, null);
        foreach (FileSystemAccessRule rule in stream.GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & FileSystemRights.ReadData) != 0
                && !rule.IdentityReference.Equals(me) && !rule.IdentityReference.Equals(system) && !rule.IdentityReference.Equals(administrators))
            {
                return true;
            }
        }

        return false;
    }

    private static AfFaultException NotFound(SecretReference reference, string usedFor, string fix) => new(
        FaultKind.Authentication, FaultId.SecretNotFound, $"The secret for {usedFor} is not at {reference}.", fix, reference.ToString());
}
