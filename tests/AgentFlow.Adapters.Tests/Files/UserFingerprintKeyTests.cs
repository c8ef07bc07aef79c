using AgentFlow.Adapters.Files;
using AgentFlow.Faults;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Tests.Files;

public sealed class UserFingerprintKeyTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("af-key-").FullName, "keys");

    private string Name => Path.Combine(_folder, "fingerprint.key");

    [Fact]
    public void It_is_made_once_and_only_its_owner_reads_it()
    {
        byte[] first = new UserFingerprintKey(Name).ReadOrMake();

        Assert.Equal(FingerprintKey.Length, first.Length);
        Assert.Equal(first, new UserFingerprintKey(Name).ReadOrMake());
        Assert.Equal([Name], Directory.GetFileSystemEntries(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Name));
        }
    }

    [Fact]
    public async Task Many_at_once_get_the_same()
    {
        for (int round = 0; round < 50; round++)
        {
            using Barrier together = new(8);
            byte[][] keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return new UserFingerprintKey(Name).ReadOrMake();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Single(keys.Select(Convert.ToHexString).Distinct());
            Assert.Equal([Name], Directory.GetFileSystemEntries(_folder));
            File.Delete(Name);
        }
    }

    [Fact]
    public void One_that_died_before_it_was_written_is_made_by_the_next()
    {
        byte[] first = new UserFingerprintKey(Name).ReadOrMake();
        File.WriteAllBytes(Name, []);

        byte[] second = new UserFingerprintKey(Name).ReadOrMake();

        Assert.NotEqual(first, second);
        Assert.Equal(second, new UserFingerprintKey(Name).ReadOrMake());
    }

    [Fact]
    public void A_damaged_one_is_an_error_and_is_left_as_it_is()
    {
        new UserFingerprintKey(Name).ReadOrMake();
        File.WriteAllBytes(Name, [1, 2, 3]);

        Assert.Equal(FaultId.FingerprintKeyInvalid, Assert.Throws<AfFaultException>(() => new UserFingerprintKey(Name).ReadOrMake()).Id);
        Assert.Equal(3, new FileInfo(Name).Length);
        Assert.Equal(FaultId.FingerprintKeyInvalid, Assert.Throws<AfFaultException>(() => new UserFingerprintKey("relative/fingerprint.key").ReadOrMake()).Id);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
}
