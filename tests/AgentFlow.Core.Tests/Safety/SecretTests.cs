using System.Text.Json;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety;

public sealed class SecretTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void A_secret_prints_stars_and_does_not_serialise()
    {
        using Secret secret = Secret.FromChars("value-of-the-secret");
        Assert.Equal("***", secret.ToString());
        Assert.Equal("***", $"{secret}");
        Assert.DoesNotContain("value-of", JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.Equal("value-of-the-secret", secret.Reveal());
    }

    [Fact]
    public void A_disposed_secret_is_gone()
    {
        Secret secret = Secret.FromChars("x");
        secret.Dispose();
        Assert.Throws<ObjectDisposedException>(secret.Reveal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("env:")]
    [InlineData("https://x")]
    [InlineData("")]
    public void What_is_not_a_reference_is_refused_without_being_shown(string text)
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => SecretReference.Parse(text, "the token"));
        Assert.Equal(FaultId.SecretReferenceInvalid, fault.Id);
        Assert.True(text.Length == 0 || text == "env:" || !(fault.Message + fault.Fix).Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix modes.");
            return;
        }

        File.WriteAllText(_path, "value\n");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        AfFaultException fault = Assert.Throws<AfFaultException>(() => new SecretResolver().Resolve(SecretReference.Parse("file:" + _path, "t"), "t"));
        Assert.Equal(FaultId.SecretFileExposed, fault.Id);
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using Secret secret = new SecretResolver().Resolve(SecretReference.Parse("file:" + _path, "t"), "t");
        Assert.Equal("value", secret.Reveal());
    }

    [Fact]
    public void A_variable_or_entry_that_is_not_there_says_so()
    {
        Assert.Equal(FaultId.SecretNotFound, Assert.Throws<AfFaultException>(() => new SecretResolver().Resolve(SecretReference.Parse("env:AF_NO_SUCH_VARIABLE", "t"), "t")).Id);
        Assert.Equal(FaultId.SecretNotFound, Assert.Throws<AfFaultException>(() => new SecretResolver().Resolve(SecretReference.Parse("vault:x", "t"), "t")).Id);
        using Secret secret = new SecretResolver(name => Secret.FromChars("of-" + name)).Resolve(SecretReference.Parse("vault:x", "t"), "t");
        Assert.Equal("of-x", secret.Reveal());
    }

    public void Dispose() => File.Delete(_path);
}
