using System.Security.Cryptography;
using AgentFlow.Faults;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Files;

/// <summary>This user's fingerprint key, in a file that only the user can read.</summary>
/// <param name="file">Full path; the user's own place by default.</param>
public sealed class UserFingerprintKey(string? file = null) : IFingerprintKeys
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly string _file = file ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "agentflow", "keys", "fingerprint.key");

    private bool HasPlace => Path.IsPathFullyQualified(_file);

    /// <inheritdoc/>
    public byte[] ReadOrMake()
    {
        if (!HasPlace)
        {
            throw Invalid("this user has no home folder");
        }

        try
        {
            UserOnly.EnsureFolder(Path.GetDirectoryName(_file)!);
            byte[]? key = null;
            IOException? held = null;
            SpinWait.SpinUntil(() => (key = TryReadOrMake(out held)) is not null, s_patience);
            return key?.Length == FingerprintKey.Length ? key : throw Invalid(key is null ? held!.Message : $"it has {key.Length} bytes instead of {FingerprintKey.Length}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(exception.Message);
        }
    }

    // Many processes may do this at once: one holds the file and writes into it while it is empty, and if it dies, the next one does. To
    // move a ready file there would not do: between the look and the move another one may have come.
    private byte[]? TryReadOrMake(out IOException? held)
    {
        held = null;
        try
        {
            if (File.Exists(_file) && File.ReadAllBytes(_file) is { Length: > 0 } there)
            {
                return there;
            }

            using FileStream stream = UserOnly.Open(_file, FileMode.OpenOrCreate);
            byte[] key = stream.Length == 0 ? RandomNumberGenerator.GetBytes(FingerprintKey.Length) : new byte[stream.Length];
            if (stream.Length == 0)
            {
                stream.Write(key);
                stream.Flush(flushToDisk: true);
            }
            else
            {
                stream.ReadExactly(key);
            }

            return key;
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            // Another one holds it.
            held = exception;
            return null;
        }
    }

    private AfFaultException Invalid(string why) => new(
        FaultKind.InvalidState,
        FaultId.FingerprintKeyInvalid,
        $"The fingerprint key '{_file}' cannot be used: {why}",
        "Restore it, or remove it to get a new one (baselines that were made with the old one must then be accepted anew).",
        _file);
}
