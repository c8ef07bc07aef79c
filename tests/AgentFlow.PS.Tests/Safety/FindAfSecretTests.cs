using System.Diagnostics;
using System.Management.Automation;
using System.Security;
using System.Text;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;
using AgentFlow.PS.Tests.Shell;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>Find-AfSecret on the packed module: files, histories, strings, baselines, providers.</summary>
public sealed class FindAfSecretTests : IDisposable
{
    private static readonly string s_token = "ghp_" + "a1B2c3D4e5f6A7b8C9d0e1F2a3B4c5D6e7F8";

    private readonly EngineSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("af-find-").FullName;
    private readonly SecureString _key = Secure("a shared key of some length");

    [Fact]
    public void Files_are_found_with_their_place_and_without_a_value()
    {
        Write("src/a.ts", $"first\n  const t = '{s_token}';\n");
        Write("wide.log", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes($"é {s_token}")).ToArray());
        Write("image.bin", [0, 1, 2, .. Encoding.UTF8.GetBytes(s_token)]);
        Write("mail.txt", "ada.lovelace@company-mail.com");

        EngineResult result = Run("Find-AfSecret -Verbose");
        EngineResult personal = Run("Find-AfSecret -IncludePersonalData -Rule e*");

        PSObject[] found = [.. result.Output.OrderBy(item => item.Properties["Place"].Value)];
        Assert.Equal(["src/a.ts:2:14", "wide.log:1:4"], found.Select(item => item.Properties["Place"].Value.ToString()!.Replace('\\', '/')).Order());
        Assert.Equal(Path.Combine(_folder, "src", "a.ts"), found[0].Properties["Path"].Value);
        Assert.Single(found.Select(item => item.Properties["Fingerprint"].Value).Distinct());
        Assert.All(found, item => Assert.DoesNotContain(s_token[4..], PSSerializer.Serialize(item, 5), StringComparison.Ordinal));
        Assert.Contains("1 binary file", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains(result.Verbose, line => line.Contains("image.bin", StringComparison.Ordinal));
        Assert.Equal("email", Assert.Single(personal.Output).Properties["Rule"].Value);
    }

    [Fact]
    public void A_repository_decides_what_is_searched()
    {
        Git("init", "-q", "-b", "main", ".");
        Write(".gitignore", ".env\n");
        Write(".env", $"T={s_token}");
        Write("a.ts", "clean");

        Assert.Empty(Run("Find-AfSecret").Output);
        Assert.Equal(".env:1:3", Assert.Single(Run("Find-AfSecret -IncludeIgnored").Output).Properties["Place"].Value);
        Assert.Single(Run("Find-AfSecret .env").Output);
        Assert.Equal("AfFileNotFound", Run("Find-AfSecret *.none").ErrorId);
    }

    [Fact]
    public void A_history_names_the_commit_that_brought_it_and_each_path_once()
    {
        Git("init", "-q", "-b", "main", ".");
        Write("a.ts", $"one\nt = '{s_token}'\n");
        string first = Commit("first");
        Write("a.ts", $"one\nt = '{s_token}'\nmore\n");
        Commit("still there");
        Git("mv", "a.ts", "b.ts");
        Commit("renamed");
        Write("b.ts", "clean");
        string clean = Commit($"removed {s_token}");

        EngineResult all = Run("Find-AfSecret -GitHistory");
        EngineResult range = Run($"Find-AfSecret -GitRange {clean}~1..{clean}");
        EngineResult files = Run("Find-AfSecret");
        EngineResult option = Run("Find-AfSecret -GitRange '--output=x'");
        EngineResult unknown = Run("Find-AfSecret -GitRange nowhere");

        Assert.Equal([$"{first[..8]}:a.ts:2:6", $"{clean[..8]}:(message):1:9"], all.Output.Select(item => item.Properties["Place"].Value));
        Assert.Equal((first, "Ada Example", "a.ts"), (all.Output[0].Properties["Commit"].Value, all.Output[0].Properties["Author"].Value, all.Output[0].Properties["Path"].Value));
        Assert.Equal(clean, Assert.Single(range.Output).Properties["Commit"].Value);
        Assert.Empty(files.Output);
        Assert.Equal(("AfGitRangeRefused", "AfGitFailed"), (option.ErrorId, unknown.ErrorId));
    }

    [Fact]
    public void Strings_are_one_text_however_long()
    {
        string[] lines = [.. Enumerable.Range(0, 9000).Select(i => i % 3000 == 2999 ? $"{i} t = '{s_token}'" : $"{i} an ordinary line of a log that fills the pieces")];

        EngineResult result = Run("param($lines) $lines | Find-AfSecret -FingerprintKey $key", ("lines", lines));

        Assert.Equal(["text:3000:11", "text:6000:11", "text:9000:11"], result.Output.Select(item => item.Properties["Place"].Value));
        Assert.Empty(Run("@() | Find-AfSecret").Output);
    }

    [Fact]
    public void Check_characters_tell_a_made_up_token()
    {
        // The documented example of the format.
        string genuine = string.Concat("gh", "p_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ", "0mLq17");
        string[] lines = [$"a {genuine}", $"b {genuine[..^1]}8", $"c {genuine}x", $"d {"np" + "m_"}{genuine[4..]}", $"e {"gl" + "pat-"}{genuine[4..24]}"];

        EngineResult result = Run("param($lines) $lines | Find-AfSecret -FingerprintKey $key", ("lines", lines));

        Assert.Equal([true, false, null, true, null], result.Output.Select(item => (bool?)item.Properties["ChecksumHolds"].Value));
    }

    [Fact]
    public void A_baseline_accepts_for_a_while_under_one_key()
    {
        Write("a.ts", $"t = '{s_token}'\n");

        EngineResult whatIf = Run("Find-AfSecret *.ts -Baseline b.json -AcceptReason fixture -FingerprintKey $key -WhatIf");
        Assert.False(File.Exists(Path.Combine(_folder, "b.json")));
        EngineResult accept = Run("Find-AfSecret *.ts -Baseline b.json -AcceptReason fixture -AcceptDays 30 -FingerprintKey $key -Confirm:$false");
        EngineResult quiet = Run("Find-AfSecret *.ts -Baseline b.json -FingerprintKey $key -Verbose");
        string text = File.ReadAllText(Path.Combine(_folder, "b.json"));
        EngineResult other = Run("Find-AfSecret *.ts -Baseline b.json -FingerprintKey $other");
        File.WriteAllText(Path.Combine(_folder, "b.json"), System.Text.RegularExpressions.Regex.Replace(text, @"""expires"": ""[\d-]+""", "\"expires\": \"2026-01-01\""));
        EngineResult expired = Run("Find-AfSecret *.ts -Baseline b.json -FingerprintKey $key");
        File.WriteAllText(Path.Combine(_folder, "b.json"), "{");
        EngineResult broken = Run("Find-AfSecret *.ts -Baseline b.json -FingerprintKey $key");

        Assert.Single(whatIf.Output);
        Assert.Single(accept.Output);
        Assert.Empty(quiet.Output);
        Assert.Contains(quiet.Verbose, line => line.Contains("1 accepted by the baseline", StringComparison.Ordinal));
        Assert.DoesNotContain(s_token, text, StringComparison.Ordinal);
        Assert.Contains("fixture", text, StringComparison.Ordinal);
        Assert.Equal("Its acceptance ended on 2026-01-01: fixture", Assert.Single(expired.Output).Properties["Note"].Value);
        Assert.Equal(("AfBaselineKeyMismatch", "AfBaselineInvalid"), (other.ErrorId, broken.ErrorId));
        Assert.Equal("AfInputInvalid", Run("Find-AfSecret -AcceptReason x").ErrorId);
        Assert.Equal("AfFileNotFound", Run("Find-AfSecret -Baseline none.json -FingerprintKey $key").ErrorId);
    }

    [Fact]
    public void A_value_of_your_own_is_found_in_any_encoding()
    {
        using SecureString own = Secure("corr/ect horse 7");
        Write("a.txt", "x corr%2Fect%20horse%207 y " + Convert.ToBase64String("corr/ect horse 7"u8));

        EngineResult result = Run("param($own) Find-AfSecret a.txt -AddSecret $own -Rule known-value", ("own", own));

        Assert.Equal(2, result.Output.Count);
        Assert.Single(result.Output.Select(item => item.Properties["Fingerprint"].Value).Distinct());
    }

    [Fact]
    public async Task Verify_asks_the_provider_only_after_a_yes_and_only_once()
    {
        using RehearsalSession rehearsal = new();
        string token = "vcp_" + "0123456789abcdefABCDEFgh";
        string[] lines = [$"t = '{token}'", "password = 'Tr0ub4dor-3xyz'", $"again {token}"];
        await rehearsal.ClearRequestsAsync();

        EngineResult whatIf = rehearsal.Run("param($lines) $lines | Find-AfSecret -Verify -WhatIf", ("lines", lines));
        Assert.Equal(0, (await rehearsal.RequestsAsync()).GetProperty("requests").GetArrayLength());
        EngineResult asked = rehearsal.Run("param($lines) $lines | Find-AfSecret -Verify -Confirm:$false", ("lines", lines));

        Assert.All(whatIf.Output, item => Assert.Contains(item.Properties["Liveness"].Value.ToString(), (string[])["NotAsked", "NoProvider"]));
        Assert.Equal(["Refused", "NoProvider", "Refused"], asked.Output.Select(item => item.Properties["Liveness"].Value.ToString()));
        Assert.Equal(1, (await rehearsal.RequestsAsync()).GetProperty("requests").GetArrayLength());
        Assert.DoesNotContain(asked.Verbose.Concat(asked.Warnings).Concat(asked.Errors.Select(error => error.ToString())), text => text.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_git_a_history_is_an_error_and_files_are_searched_all_the_same()
    {
        Write("a.ts", $"t = '{s_token}'\n");

        ShellResult result = await ShellProcess.RunAsync(
            _folder, string.Empty, "-Command", $"$env:PATH = ''; Import-Module '{PackedModule.Manifest}'; Find-AfSecret ./a.ts | ForEach-Object Place; try {{ Find-AfSecret -GitHistory -ErrorAction Stop }} catch {{ $_.FullyQualifiedErrorId }}");

        Assert.Equal(["a.ts:1:6", "AfGitMissing,AgentFlow.Cmdlets.Safety.FindAfSecretCommand"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Rules_complete_without_a_network()
    {
        EngineResult result = Run("(TabExpansion2 'Find-AfSecret -Rule github-' 27).CompletionMatches | ForEach-Object CompletionText");

        Assert.Contains("github-token", result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public async Task A_stop_ends_a_search()
    {
        byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"2026-01-01T00:00:00Z app[7]: t={s_token} ms\n", 20_000)));
        using (FileStream file = File.Create(Path.Combine(_folder, "big.log")))
        {
            while (file.Length < 400L * 1024 * 1024)
            {
                file.Write(block);
            }
        }

        using PowerShell shell = _session.Create("param($file) Find-AfSecret $file", ("file", Path.Combine(_folder, "big.log")));
        using PSDataCollection<PSObject> output = [];
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, _) => first.TrySetResult();
        shell.BeginInvoke<PSObject, PSObject>(null, output);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        long start = Stopwatch.GetTimestamp();
        await Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null);

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2), $"it took {Stopwatch.GetElapsedTime(start)}");
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    public void Dispose()
    {
        _session.Dispose();
        _key.Dispose();
        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        Array.ForEach(text.ToCharArray(), secure.AppendChar);
        return secure;
    }

    private void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private string Commit(string message)
    {
        Git("add", "-A");
        Git("-c", "user.name=Ada Example", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", "commit", "-q", "-m", message);
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        ProcessStartInfo start = new("git") { WorkingDirectory = _folder, RedirectStandardOutput = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    private EngineResult Run(string script, params (string Name, object? Value)[] parameters)
    {
        using SecureString other = Secure("another key of some length");
        _session.Run("param($folder, $k, $o) $ExecutionContext.SessionState.Path.SetLocation($folder) | Out-Null; $global:key = $k; $global:other = $o.Copy()", ("folder", _folder), ("k", _key), ("o", other));
        return _session.Run(script, parameters);
    }
}
