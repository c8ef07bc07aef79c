using AgentFlow.Faults;
using AgentFlow.Safety;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Core.Tests.Safety.Scanning;

public sealed class SecretBaselineTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_key = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    private readonly string _folder = Directory.CreateTempSubdirectory("af-baseline-").FullName;

    private string Name => Path.Combine(_folder, "secrets.baseline.json");

    [Fact]
    public void What_is_accepted_holds_until_its_day_and_then_is_told()
    {
        Open(missing: true).Write([Entry("bcdfghjklm", "src/a.ts", new(2026, 4, 1))]);

        (AcceptedSecret Entry, bool Holds)? before = Open(at: new(2026, 3, 31, 23, 59, 0, TimeSpan.Zero)).Find("bcdfghjklm", Path.Combine(_folder, "src", "a.ts"));
        (AcceptedSecret Entry, bool Holds)? after = Open(at: new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)).Find("bcdfghjklm", Path.Combine(_folder, "src", "a.ts"));

        Assert.True(before!.Value.Holds);
        Assert.False(after!.Value.Holds);
        Assert.Equal("fixture", after.Value.Entry.Reason);
    }

    [Fact]
    public void It_holds_for_its_path_and_its_value_only()
    {
        Open(missing: true).Write([Entry("bcdfghjklm", "src/a.ts", new(2026, 4, 1)), Entry("nnnnnnnnnn", "tests/*", new(2026, 4, 1)), Entry("pppppppppp", null, new(2026, 4, 1))]);
        SecretBaseline baseline = Open();

        Assert.Null(baseline.Find("bcdfghjklm", Path.Combine(_folder, "src", "b.ts")));
        Assert.Null(baseline.Find("cccccccccc", Path.Combine(_folder, "src", "a.ts")));
        Assert.Null(baseline.Find("bcdfghjklm", null));
        Assert.NotNull(baseline.Find("nnnnnnnnnn", Path.Combine(_folder, "tests", "deep", "x.ts")));
        Assert.NotNull(baseline.Find("pppppppppp", Path.Combine(_folder, "anywhere")));
        Assert.NotNull(baseline.Find("pppppppppp", null));
    }

    [Fact]
    public void Accepting_again_replaces_the_entry_and_keeps_the_others()
    {
        Open(missing: true).Write([Entry("bcdfghjklm", "a", new(2026, 2, 1)), Entry("nnnnnnnnnn", "b", new(2026, 2, 1))]);
        Open().Write([Entry("bcdfghjklm", "a", new(2026, 9, 1)), Entry("bcdfghjklm", "a", new(2026, 9, 1))]);

        SecretBaseline baseline = Open();
        Assert.Equal(2, baseline.Accepted.Count);
        Assert.True(baseline.Find("bcdfghjklm", Path.Combine(_folder, "a"))!.Value.Holds);
        Assert.False(baseline.Find("nnnnnnnnnn", Path.Combine(_folder, "b"))!.Value.Holds);
        Assert.Equal([Name], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Another_key_is_noticed()
    {
        Open(missing: true).Write([Entry("bcdfghjklm", "a", new(2026, 9, 1))]);

        AfFaultException fault = Assert.Throws<AfFaultException>(() => SecretBaseline.Read(Name, new byte[16], mayBeMissing: false, s_now));

        Assert.Equal(FaultId.BaselineKeyMismatch, fault.Id);
    }

    [Fact]
    public void The_file_does_not_hold_the_key()
    {
        Open(missing: true).Write([Entry("bcdfghjklm", "a", new(2026, 9, 1))]);
        string text = File.ReadAllText(Name);

        Assert.DoesNotContain(Convert.ToBase64String(s_key)[..12], text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(s_key)[..12], text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"version":1,"keyCheck":"x"}""")]
    [InlineData("""{"version":2,"keyCheck":"x","accepted":[]}""")]
    [InlineData("""{"version":1,"keyCheck":"x","accepted":[{"fingerprint":"b","rule":"jwt","expires":"2026-01-01"}]}""")]
    [InlineData("""{"version":1,"keyCheck":"x","accepted":[{"fingerprint":"b","rule":"jwt","reason":" ","expires":"2026-01-01"}]}""")]
    [InlineData("""{"version":1,"keyCheck":"x","accepted":[{"fingerprint":"b","rule":"jwt","reason":"r","expires":"tomorrow"}]}""")]
    [InlineData("""{"version":1,"keyCheck":"x","accepted":[{"fingerprint":"b","rule":"jwt","reason":"r"}]}""")]
    [InlineData("""{"version":1,"keyCheck":"x","accepted":[{"fingerprint":"b","rule":"jwt","reason":"r","expires":"2026-01-01","extra":1}]}""")]
    [InlineData("""{"version":1,"keyCheck":"x","accepted":null}""")]
    public void A_file_that_does_not_fit_accepts_nothing(string text)
    {
        File.WriteAllText(Name, text);

        Assert.Equal(FaultId.BaselineInvalid, Assert.Throws<AfFaultException>(() => Open()).Id);
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_it_is_being_made()
    {
        Assert.Equal(FaultId.FileNotFound, Assert.Throws<AfFaultException>(() => Open()).Id);
        Assert.Empty(Open(missing: true).Accepted);
    }

    [Fact]
    public void A_shared_key_gives_the_same_fingerprints_everywhere_and_a_short_one_is_refused()
    {
        using Secret secret = Secret.FromChars("a shared text of some length");
        using Secret other = Secret.FromChars("a shared text of some lengtH");
        using Secret little = Secret.FromChars("short");

        Assert.Equal(FingerprintKey.From(secret), FingerprintKey.From(secret));
        Assert.NotEqual(FingerprintKey.From(secret), FingerprintKey.From(other));
        Assert.Equal(FingerprintKey.Length, FingerprintKey.From(secret).Length);
        Assert.Equal(FaultId.FingerprintKeyInvalid, Assert.Throws<AfFaultException>(() => FingerprintKey.From(little)).Id);

        string text = "password = Tr0ub4dor-3xyz";
        string once = new RedactionSession(RedactionRules.Default, FingerprintKey.From(secret)).Find(text)[0].Fingerprint;
        Assert.Equal(once, new RedactionSession(RedactionRules.Default, FingerprintKey.From(secret)).Find(text)[0].Fingerprint);
        Assert.NotEqual(once, new RedactionSession(RedactionRules.Default, FingerprintKey.From(other)).Find(text)[0].Fingerprint);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static AcceptedSecret Entry(string fingerprint, string? path, DateOnly expires) => new() { Fingerprint = fingerprint, Rule = "jwt", Path = path, Reason = "fixture", Expires = expires };

    private SecretBaseline Open(bool missing = false, DateTimeOffset? at = null) => SecretBaseline.Read(Name, s_key, missing, at ?? s_now);
}
