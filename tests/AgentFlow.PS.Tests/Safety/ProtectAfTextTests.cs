using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>Protect-AfText on the packed module: strings, objects, files.</summary>
public sealed class ProtectAfTextTests : IDisposable
{
    private static readonly string s_key = "sk_" + "live_" + "51Hq8ZkLmPx2Vb9TnWcR4yDf";

    private readonly EngineSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("af-protect-").FullName;

    [Fact]
    public void Strings_come_back_one_for_one_and_a_key_block_leaks_none_of_its_lines()
    {
        using RSA rsa = RSA.Create(2048);
        string[] block = rsa.ExportRSAPrivateKeyPem().Split('\n');
        string[] lines = ["start", $"key {s_key}.", "", .. block, "end"];

        EngineResult result = Run("param($lines) $lines | Protect-AfText", ("lines", lines));

        string[] safe = [.. result.Output.Select(item => (string)item.BaseObject)];
        Assert.Equal(lines.Length, safe.Length);
        Assert.Matches(@"^key \[REDACTED:stripe-secret-key#[a-z]{10}\]\.$", safe[1]);
        Assert.Equal(("start", "", "end"), (safe[0], safe[2], safe[^1]));
        Assert.DoesNotContain(safe, text => block[1..^1].Any(line => text.Contains(line[..8], StringComparison.Ordinal)));
    }

    [Fact]
    public void Clean_lines_are_given_before_the_next_one_is_asked_for()
    {
        EngineResult result = Run("$seen = 0; 'one', 'two', 'three' | ForEach-Object { $seen++; $_ } | Protect-AfText | ForEach-Object { \"$_ $seen\" }");

        Assert.Equal(["one 1", "two 2", "three 3"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Objects_keep_their_shape_and_lose_what_their_names_and_values_give_away()
    {
        EngineResult result = Run(
            """
            param($key)
            $cycle = @{ name = 'loop' }; $cycle.self = $cycle
            $clean = [pscustomobject]@{ PSTypeName = 'My.Type'; a = 1 }
            $dirty = [pscustomobject]@{ PSTypeName = 'My.Type'; Password = 'hunter'; Nested = [pscustomobject]@{ 'Client_Secret' = 'abc'; list = @('ok', @{ Authorization = 'xyz' }, $key) }; n = 7; when = [datetime]'2026-01-02' }
            $safe = $dirty | Protect-AfText
            [object]::ReferenceEquals(($clean | Protect-AfText), $clean)
            $safe.pstypenames[0]
            $safe.Password; $safe.Nested.Client_Secret; $safe.Nested.list[0]; $safe.Nested.list[1].Authorization; $safe.Nested.list[2]; $safe.n; $safe.when.Year
            ($cycle | Protect-AfText).self
            (42 | Protect-AfText).GetType().Name
            (4242424242424242 | Protect-AfText)
            $dirty.Password
            """,
            ("key", s_key));

        Assert.Empty(result.Errors);
        string[] said = [.. result.Output.Select(item => item.ToString())];
        Assert.Equal(("True", "My.Type"), (said[0], said[1]));
        Assert.All([2, 3, 5], i => Assert.StartsWith("[REDACTED:named-value#", said[i], StringComparison.Ordinal));
        Assert.Equal("ok", said[4]);
        Assert.StartsWith("[REDACTED:stripe-secret-key#", said[6], StringComparison.Ordinal);
        Assert.Equal(["7", "2026", "[REDACTED:error]", "Int32"], said[7..11]);
        Assert.StartsWith("[REDACTED:card#", said[11], StringComparison.Ordinal);
        Assert.Equal("hunter", said[12]);
    }

    [Fact]
    public void Errors_and_warnings_become_text_and_what_cannot_be_seen_through_is_refused()
    {
        EngineResult merged = Run("param($key) & { throw \"failed with $key\" } 2>&1 | Protect-AfText; try { throw \"again $key\" } catch { $_, $_.Exception | Protect-AfText }", ("key", s_key));
        EngineResult foreign = Run("[IO.DirectoryInfo]::new('/'), 'next' | Protect-AfText");
        EngineResult bytes = Run(", [byte[]](1,2,3) | Protect-AfText");

        Assert.DoesNotContain(merged.Output, item => item.ToString().Contains(s_key, StringComparison.Ordinal));
        Assert.Equal("AfTextExpected", foreign.ErrorId);
        Assert.Equal("next", Assert.Single(foreign.Output).ToString());
        Assert.Equal("AfTextExpected", bytes.ErrorId);
    }

    [Fact]
    public void Own_values_are_found_in_any_encoding_and_everyday_words_are_refused_with_a_warning()
    {
        using SecureString own = Secure("corr/ect horse 7");
        using SecureString word = Secure("production");
        using SecureString little = Secure("abc");

        EngineResult result = Run(
            "param($own, $word, $little) 'x corr%2Fect%20horse%207 y', 'production abc' | Protect-AfText -AddSecret $own, $word, $little; 'corr/ect horse 7' | Protect-AfText",
            ("own", own), ("word", word), ("little", little));

        Assert.Matches(@"^x \[REDACTED:known-value#[a-z]{10}\] y$", result.Output[0].ToString());
        Assert.Equal("production abc", result.Output[1].ToString());
        Assert.StartsWith("[REDACTED:known-value#", result.Output[2].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("Value 2 of -AddSecret", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("short", result.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_are_hidden_on_request()
    {
        EngineResult result = Run("'from 198.41.0.4' | Protect-AfText; 'from 198.41.0.4' | Protect-AfText -IncludeIpAddress");

        Assert.Equal("from 198.41.0.4", result.Output[0].ToString());
        Assert.Matches(@"^from \[REDACTED:ipv4#[a-z]{10}\]$", result.Output[1].ToString());
    }

    [Fact]
    public void Files_go_to_a_folder_by_wildcard_and_in_their_encoding()
    {
        Write("a.log", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes($"wide {s_key}\r\n")).ToArray());
        Write("b.log", Encoding.Latin1.GetBytes($"grün {s_key}\n"));
        Write("c.txt", "other"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(_folder, "out"));
        Directory.CreateDirectory(Path.Combine(_folder, "sub.log"));

        EngineResult result = Run("Protect-AfText *.log out");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, item => Assert.Equal("AgentFlow.ProtectedFile", item.TypeNames[0]));
        Assert.Matches(@"^\uFEFF?wide \[REDACTED:stripe-secret-key#[a-z]{10}\]\r\n$", Encoding.Unicode.GetString(File.ReadAllBytes(Path.Combine(_folder, "out", "a.log"))));
        Assert.StartsWith("grün [REDACTED", Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(_folder, "out", "b.log"))), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(Path.Combine(_folder, "out")).Length);
        Assert.Equal(1, ((IReadOnlyDictionary<string, long>)result.Output[0].Properties["Counts"].Value)["stripe-secret-key"]);
    }

    [Fact]
    public void WhatIf_writes_nothing_and_an_existing_copy_stays_without_Force()
    {
        Write("a.log", Encoding.UTF8.GetBytes(s_key));
        Write("there.log", "precious"u8.ToArray());

        EngineResult whatIf = Run("Protect-AfText a.log new.log -WhatIf");
        EngineResult refused = Run("Protect-AfText a.log there.log");
        EngineResult itself = Run("Protect-AfText a.log ./a.log -Force");
        EngineResult missing = Run("Protect-AfText none.log x.log");
        EngineResult forced = Run("Protect-AfText a.log there.log -Force");

        Assert.Empty(whatIf.Output);
        Assert.Equal(["AfFileExists", "AfDestinationRefused", "AfFileNotFound"], new[] { refused, itself, missing }.Select(result => result.ErrorId));
        Assert.Empty(forced.Errors);
        Assert.StartsWith("[REDACTED", File.ReadAllText(Path.Combine(_folder, "there.log")), StringComparison.Ordinal);
        Assert.Equal(["a.log", "there.log"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_stop_in_the_middle_leaves_nothing()
    {
        byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("2026-01-01T00:00:00Z app[7]: GET /api/leads 200 in 12 ms\n", 20_000)));
        string source = Path.Combine(_folder, "big.log");
        using (FileStream file = File.Create(source))
        {
            while (file.Length < 400L * 1024 * 1024)
            {
                file.Write(block);
            }
        }

        using PowerShell shell = _session.Create("param($folder) $ExecutionContext.SessionState.Path.SetLocation($folder) | Out-Null; Protect-AfText big.log out.log", ("folder", _folder));
        IAsyncResult running = shell.BeginInvoke();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer tick = new(TimeSpan.FromMilliseconds(5));
        while (!running.IsCompleted && Directory.GetFiles(_folder).Length < 2)
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }

        await Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null);

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Equal([source], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_file_of_another_provider_is_an_error() => Assert.Equal("AfInputInvalid", Run("Protect-AfText Env:PATH out.log").ErrorId);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        Array.ForEach(text.ToCharArray(), secure.AppendChar);
        return secure;
    }

    private void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_folder, name), content);

    private EngineResult Run(string script, params (string Name, object? Value)[] parameters)
    {
        _session.Run("param($folder) $ExecutionContext.SessionState.Path.SetLocation($folder) | Out-Null", ("folder", _folder));
        return _session.Run(script, parameters);
    }
}
