using System.Security.Cryptography;
using System.Text;
using AgentFlow.Adapters.Vault;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Tests.Vault;

public sealed class DataProtectionSlotTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("af-slot-").FullName;
    private readonly byte[] _value = Encoding.UTF8.GetBytes("value-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    private string Folder => Path.Combine(_root, "sealed");

    [Fact]
    public async Task What_is_sealed_opens_in_another_process_and_stands_nowhere_in_clear()
    {
        using (DataProtectionSlot slot = new(Folder))
        {
            await slot.SealAsync("rot_a-g1", _value, default);
        }

        using DataProtectionSlot other = new(Folder);
        Assert.Equal(_value, await other.UnsealAsync("rot_a-g1", default));
        Assert.Null(await other.UnsealAsync("rot_a-g2", default));
        string[] files = [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)];
        Assert.True(files.Length >= 2);
        foreach (byte[] needle in (byte[][])[_value, Encoding.ASCII.GetBytes(Convert.ToBase64String(_value)), Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(_value)), Encoding.ASCII.GetBytes(Convert.ToHexString(_value))])
        {
            Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(needle) < 0, file));
        }
    }

    [Fact]
    public async Task Only_the_owner_can_enter_or_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes; the keys are under DPAPI as well.");
            return;
        }

        using DataProtectionSlot slot = new(Folder);
        await slot.SealAsync("one", _value, default);
        foreach (string path in Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }

    [Fact]
    public async Task One_name_does_not_open_as_another_and_a_changed_byte_does_not_open_at_all()
    {
        using DataProtectionSlot slot = new(Folder);
        await slot.SealAsync("one", _value, default);
        string file = Assert.Single(Directory.EnumerateFiles(Folder, "*.sealed"));
        await slot.SealAsync("two", _value, default);
        string two = Assert.Single(Directory.EnumerateFiles(Folder, "*.sealed"), path => path != file);
        File.Copy(file, two, overwrite: true);
        Assert.Equal(FaultId.SlotUnreadable, (await FaultAsync(() => slot.UnsealAsync("two", default))).Id);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        AfFaultException fault = await FaultAsync(() => slot.UnsealAsync("one", default));
        Assert.Equal(FaultId.SlotUnreadable, fault.Id);
        Assert.Contains("-Regenerate", fault.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_keys_it_does_not_open()
    {
        using (DataProtectionSlot slot = new(Folder))
        {
            await slot.SealAsync("one", _value, default);
        }

        Directory.Delete(Path.Combine(Folder, "keys"), recursive: true);
        using DataProtectionSlot other = new(Folder);
        Assert.Equal(FaultId.SlotUnreadable, (await FaultAsync(() => other.UnsealAsync("one", default))).Id);
    }

    [Fact]
    public async Task Sealing_again_replaces_and_destroying_leaves_nothing()
    {
        using DataProtectionSlot slot = new(Folder);
        await slot.SealAsync("one", _value, default);
        await slot.SealAsync("one", _value.AsMemory(0, 4), default);
        Assert.Equal(_value[..4], await slot.UnsealAsync("one", default));
        await slot.DestroyAsync("one", default);
        await slot.DestroyAsync("one", default);
        Assert.Null(await slot.UnsealAsync("one", default));
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public async Task A_folder_that_others_can_enter_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        Directory.CreateDirectory(Folder, (UnixFileMode)0x1ED);
        using DataProtectionSlot slot = new(Folder);
        Assert.Equal(FaultId.SecretFileExposed, (await FaultAsync(() => slot.SealAsync("one", _value, default))).Id);
        Assert.Empty(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
    }

    private static Task<AfFaultException> FaultAsync(Func<Task> call) => Assert.ThrowsAsync<AfFaultException>(call);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
