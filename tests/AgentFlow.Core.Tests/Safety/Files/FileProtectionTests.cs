using System.Text;
using AgentFlow.Faults;
using AgentFlow.Safety;
using AgentFlow.Safety.Files;

namespace AgentFlow.Core.Tests.Safety.Files;

public sealed class FileProtectionTests : IDisposable
{
    private static readonly string s_key = "sk_" + "live_" + "51Hq8ZkLmPx2Vb9TnWcR4yDf";

    private readonly string _folder = Directory.CreateTempSubdirectory("af-protect-").FullName;
    private readonly FileProtection _files = new(new(RedactionRules.Default), TimeProvider.System);

    public static TheoryData<string, Encoding, bool> Encodings() => new()
    {
        { "utf-8", new UTF8Encoding(false), false },
        { "utf-8", new UTF8Encoding(true), true },
        { "utf-16", new UnicodeEncoding(false, true), true },
        { "utf-16", new UnicodeEncoding(false, false), false },
        { "utf-16BE", new UnicodeEncoding(true, true), true },
        { "utf-32", new UTF32Encoding(false, true), true },
        { "utf-8", Encoding.Latin1, false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task The_copy_keeps_the_encoding_and_its_mark(string name, Encoding encoding, bool mark)
    {
        string source = Source("in.log", [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"grün {s_key}\r\nändern\r\n")]);

        ProtectedFile report = await _files.WriteAsync(source, Out, force: false, null, TestContext.Current.CancellationToken);

        byte[] copy = File.ReadAllBytes(Out);
        Assert.Equal(name, report.Encoding, ignoreCase: true);
        Assert.True(copy.AsSpan().StartsWith(mark ? encoding.GetPreamble() : encoding.GetBytes("g")));
        string text = encoding.GetString(copy, mark ? encoding.GetPreamble().Length : 0, copy.Length - (mark ? encoding.GetPreamble().Length : 0));
        Assert.Matches(@"^grün \[REDACTED:stripe-secret-key#[a-z]{10}\]\r\nändern\r\n$", text);
        Assert.Equal(new FileInfo(source).Length, report.BytesRead);
        Assert.Equal(copy.Length, report.BytesWritten);
        Assert.Equal(1, report.Counts["stripe-secret-key"]);
    }

    [Fact]
    public async Task An_existing_copy_stays_without_force_and_is_replaced_with_it()
    {
        string source = Source("in.log", Encoding.UTF8.GetBytes(s_key));
        File.WriteAllText(Out, "precious");

        Assert.Equal(FaultId.FileExists, (await Refused(source, Out, force: false)).Id);
        Assert.Equal("precious", File.ReadAllText(Out));

        await _files.WriteAsync(source, Out, force: true, null, TestContext.Current.CancellationToken);
        Assert.StartsWith("[REDACTED", File.ReadAllText(Out), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void Of_several_files_that_take_one_name_at_once_a_single_one_gets_it()
    {
        const int Takers = 4;
        using Barrier together = new(Takers);
        for (int round = 0; round < 200; round++)
        {
            string name = Path.Combine(_folder, $"out{round}.log");
            int[] taken = new int[Takers];
            Thread[] threads = [.. Enumerable.Range(0, Takers).Select(taker => new Thread(() =>
            {
                string own = Source($"in{round}-{taker}", [(byte)taker]);
                together.SignalAndWait();
                try
                {
                    FinalName.Take(own, name, replace: false);
                    taken[taker] = 1;
                }
                catch (IOException)
                {
                    File.Delete(own);
                }
            }))];
            Array.ForEach(threads, static thread => thread.Start());
            Array.ForEach(threads, static thread => thread.Join());

            Assert.Equal(1, taken.Sum());
            Assert.Equal(Array.IndexOf(taken, 1), File.ReadAllBytes(name)[0]);
        }

        Assert.Equal(200, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public async Task The_source_is_never_written_under_any_name()
    {
        string source = Source("in.log", Encoding.UTF8.GetBytes(s_key));
        List<string> names = [source, Path.Combine(_folder, "x", "..", "in.log")];
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(_folder, "link.log"), source);
            Directory.CreateSymbolicLink(Path.Combine(_folder, "same"), _folder);
            names.AddRange([Path.Combine(_folder, "link.log"), Path.Combine(_folder, "same", "in.log")]);
        }

        foreach (string name in names)
        {
            Assert.Equal(FaultId.DestinationRefused, (await Refused(source, Path.GetFullPath(name), force: true)).Id);
        }

        Assert.Equal(s_key, File.ReadAllText(source));
    }

    [Fact]
    public async Task A_hard_link_to_the_source_is_the_source()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ln is not there");
        string source = Source("in.log", Encoding.UTF8.GetBytes(s_key));
        string twin = Path.Combine(_folder, "twin.log");
        using (System.Diagnostics.Process link = System.Diagnostics.Process.Start("ln", [source, twin]))
        {
            await link.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(FaultId.DestinationRefused, (await Refused(source, twin, force: true)).Id);
    }

    [Fact]
    public async Task A_stop_leaves_nothing()
    {
        string source = Source("in.log", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of a log that is long enough to fill blocks\n", 100_000))));
        using CancellationTokenSource stop = new();
        int reports = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _files.WriteAsync(source, Out, force: false, (_, _) => { if (++reports == 3) { stop.Cancel(); } }, stop.Token));

        Assert.Equal(3, reports);
        Assert.Equal([source], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_failure_says_why_and_leaves_nothing()
    {
        string source = Source("in.log", "x"u8.ToArray());

        Assert.Equal(FaultId.FileNotFound, (await Refused(Path.Combine(_folder, "none.log"), Out, force: false)).Id);
        Assert.Equal(FaultId.FileNotFound, (await Refused(_folder, Out, force: false)).Id);
        Assert.Equal(FaultId.DestinationRefused, (await Refused(source, Path.Combine(_folder, "none", "out.log"), force: false)).Id);
        Assert.Equal(FaultId.DestinationRefused, (await Refused(source, _folder, force: true)).Id);
        if (!OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(source, UnixFileMode.None);
            Assert.Equal(FaultId.FileFailed, (await Refused(source, Out, force: false)).Id);
        }

        Assert.Equal([source], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_device_that_is_full_is_a_fault()
    {
        Assert.SkipUnless(File.Exists("/dev/full") && Directory.Exists("/proc/self/fd"), "there is no /proc");
        string source = Source("in.log", "x"u8.ToArray());

        Assert.Equal(FaultId.FileFailed, (await Refused(source, "/proc/self/fd/out.log", force: false)).Id);
    }

    [Fact]
    public async Task Two_sources_cannot_become_one_copy()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        string first = Source("in.log", "x"u8.ToArray());
        string second = Source(Path.Combine("a", "in.log"), "y"u8.ToArray());
        await _files.WriteAsync(first, Out, force: true, null, TestContext.Current.CancellationToken);

        Assert.Equal(FaultId.DestinationRefused, (await Refused(second, Out, force: true)).Id);
    }

    [Fact]
    public async Task The_copy_has_the_rights_of_its_source()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no such rights.");
            return;
        }

        string source = Source("in.log", "x"u8.ToArray());
        File.SetUnixFileMode(source, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await _files.WriteAsync(source, Out, force: false, null, TestContext.Current.CancellationToken);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Out));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Out => Path.Combine(_folder, "out.log");

    private string Source(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private Task<AfFaultException> Refused(string source, string destination, bool force) =>
        Assert.ThrowsAsync<AfFaultException>(() => _files.WriteAsync(source, destination, force, null, TestContext.Current.CancellationToken));
}
