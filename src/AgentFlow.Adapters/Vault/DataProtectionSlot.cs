using System.Security.Cryptography;
using System.Text;
using AgentFlow.Adapters.Files;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace AgentFlow.Adapters.Vault;

/// <summary>
/// Seals with ASP.NET Core Data Protection under keys in a folder that only its owner can enter (on Windows also under DPAPI).
/// The name is part of the seal: the content of one slot does not open as another.
/// </summary>
public sealed class DataProtectionSlot(string folder) : ISealedSlot, IDisposable
{
    private const string Purpose = "AgentFlow.PS sealed slot v1";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly Lock _gate = new();
    private ServiceProvider? _services;
    private IDataProtector? _protector;

    /// <inheritdoc/>
    public Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] plain = content.ToArray();
        try
        {
            UserOnly.Replace(PathOf(name), Protector().CreateProtector(name).Protect(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            return Task.FromResult<byte[]?>(null);
        }

        try
        {
            return Task.FromResult<byte[]?>(Protector().CreateProtector(name).Unprotect(File.ReadAllBytes(path)));
        }
        catch (CryptographicException)
        {
            throw new AfFaultException(
                FaultKind.InvalidState,
                FaultId.SlotUnreadable,
                "A sealed value cannot be opened with the keys of this user on this machine.",
                "Go on as the user and on the machine that sealed it, or make another value with Resume-AfEnvRotation -Regenerate.",
                name);
        }
    }

    /// <inheritdoc/>
    public Task DestroyAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _services?.Dispose();

    // Hashed: a slot's name is no path.
    private string PathOf(string name)
    {
        UserOnly.EnsureFolder(_folder);
        return Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)) + ".sealed");
    }

    private IDataProtector Protector()
    {
        lock (_gate)
        {
            if (_protector is null)
            {
                DirectoryInfo keys = new(UserOnly.EnsureFolder(Path.Combine(UserOnly.EnsureFolder(_folder), "keys")));
                ServiceCollection services = new();
                IDataProtectionBuilder builder = services.AddDataProtection().SetApplicationName("AgentFlow.PS").PersistKeysToFileSystem(keys);
                if (OperatingSystem.IsWindows())
                {
                    builder.ProtectKeysWithDpapi();
                }

                _services = services.BuildServiceProvider();
                _protector = _services.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);
            }

            return _protector;
        }
    }
}
