using System.Security.Cryptography;
using AgentFlow.Faults;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Files;

/// <summary>This user's fingerprint key, in a file that only the user can read.</summary>
/// <param name="file">Full path; the user's own place by default.</param>
public sealed class UserFingerprintKey(string? file = null) : IFingerprintKeys
{
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
            string folder = UserOnly.EnsureFolder(Path.GetDirectoryName(_file)!);
            if (!File.Exists(_file))
            {
                Make(folder);
            }

            byte[] key = File.ReadAllBytes(_file);
            return key.Length == FingerprintKey.Length ? key : throw Invalid($"it has {key.Length} bytes instead of {FingerprintKey.Length}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(exception.Message);
        }
    }

    // Two processes may do this at once: the file appears whole, and the first one stays.
    private void Make(string folder)
    {
        string temporary = Path.Combine(folder, Path.GetRandomFileName());
        using (FileStream stream = UserOnly.Open(temporary, FileMode.CreateNew))
        {
            stream.Write(RandomNumberGenerator.GetBytes(FingerprintKey.Length));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, _file, overwrite: false);
        }
        catch (IOException) when (File.Exists(_file))
        {
            File.Delete(temporary);
        }
    }

    private AfFaultException Invalid(string why) => new(
        FaultKind.InvalidState,
        FaultId.FingerprintKeyInvalid,
        $"The fingerprint key '{_file}' cannot be used: {why}",
        "Restore it, or remove it to get a new one (baselines that were made with the old one must then be accepted anew).",
        _file);
}
