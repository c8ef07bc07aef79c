using System.IO.Enumeration;
using System.Text.Json;
using AgentFlow.Faults;

namespace AgentFlow.Safety.Scanning;

/// <summary>The file of accepted findings: fingerprints with a reason and an end. It holds no value and no key.</summary>
public sealed class SecretBaseline
{
    private const int CurrentVersion = 1;

    private readonly string _file;
    private readonly string _folder;
    private readonly string _keyCheck;
    private readonly List<AcceptedSecret> _accepted;
    private readonly ILookup<string, AcceptedSecret> _byFingerprint;
    private readonly DateOnly _today;

    private SecretBaseline(string file, string keyCheck, IEnumerable<AcceptedSecret> accepted, DateOnly today)
    {
        _file = file;
        _folder = Path.GetDirectoryName(file)!;
        _keyCheck = keyCheck;
        _accepted = [.. accepted];
        _byFingerprint = _accepted.ToLookup(entry => entry.Fingerprint, StringComparer.Ordinal);
        _today = today;
    }

    /// <summary>The entries of the file.</summary>
    public IReadOnlyList<AcceptedSecret> Accepted => _accepted;

    /// <summary>Whether there is no file yet.</summary>
    public bool IsNew => !File.Exists(_file);

    /// <summary>Reads a baseline; a file that is not there is an empty one when <paramref name="mayBeMissing"/>.</summary>
    /// <param name="file">Full path.</param>
    /// <param name="key">The key at hand.</param>
    /// <param name="mayBeMissing">Whether the file is about to be made.</param>
    /// <param name="now">The moment that expiry is judged at.</param>
    /// <exception cref="AfFaultException">AfBaselineInvalid, AfBaselineKeyMismatch, AfFileNotFound.</exception>
    public static SecretBaseline Read(string file, ReadOnlySpan<byte> key, bool mayBeMissing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(file);
        string check = FingerprintKey.CheckOf(key);
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        if (!File.Exists(file))
        {
            return mayBeMissing ? new(file, check, [], today) : throw new AfFaultException(
                FaultKind.NotFound, FaultId.FileNotFound, $"There is no baseline '{file}'.", "Correct -Baseline, or make it with -AcceptReason.", file);
        }

        BaselineDocument document = Parse(file);
        if (document.Version != CurrentVersion)
        {
            throw Invalid(file, $"its version is {document.Version} and this module writes {CurrentVersion}");
        }

        if (document.Accepted.Select((entry, i) => (entry, i)).FirstOrDefault(pair => string.IsNullOrWhiteSpace(pair.entry.Reason) || string.IsNullOrWhiteSpace(pair.entry.Fingerprint)) is { entry: not null } bad)
        {
            throw Invalid(file, $"entry {bad.i + 1} has no {(string.IsNullOrWhiteSpace(bad.entry.Reason) ? "reason" : "fingerprint")}");
        }

        return document.KeyCheck == check
            ? new(file, check, document.Accepted, today)
            : throw new AfFaultException(
                FaultKind.InvalidArgument,
                FaultId.BaselineKeyMismatch,
                $"The fingerprints of '{file}' were made with another key than the one at hand.",
                "Give the key of the baseline with -FingerprintKey (it is shared by those who share the file), or accept the findings anew.",
                file);
    }

    /// <summary>Whether a finding is accepted, or was.</summary>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="path">Full path of its file; null for a text without one.</param>
    /// <returns>The entry that covers it (the one that lasts longest) and whether that still holds; null when there is none.</returns>
    public (AcceptedSecret Entry, bool Holds)? Find(string fingerprint, string? path)
    {
        string? relative = Relative(path);
        AcceptedSecret? entry = _byFingerprint[fingerprint]
            .Where(candidate => candidate.Path is null || (relative is not null && FileSystemName.MatchesSimpleExpression(Escape(candidate.Path), relative, ignoreCase: false)))
            .MaxBy(candidate => candidate.Expires);
        return entry is null ? null : (entry, entry.Expires > _today);
    }

    /// <summary>The path that an entry would have.</summary>
    public string? Relative(string? path) => path is null ? null : Path.GetRelativePath(_folder, path).Replace('\\', '/');

    /// <summary>Adds entries, in place of older ones for the same value and path, and replaces the file in one step.</summary>
    public void Write(IEnumerable<AcceptedSecret> added)
    {
        AcceptedSecret[] fresh = [.. added.DistinctBy(entry => (entry.Fingerprint, entry.Path))];
        HashSet<(string, string?)> replaced = [.. fresh.Select(entry => (entry.Fingerprint, entry.Path))];
        BaselineDocument document = new()
        {
            Version = CurrentVersion,
            KeyCheck = _keyCheck,
            Accepted = [.. _accepted.Where(entry => !replaced.Contains((entry.Fingerprint, entry.Path))).Concat(fresh).OrderBy(entry => entry.Path, StringComparer.Ordinal).ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal)],
        };
        string temporary = Path.Combine(_folder, $".{Path.GetRandomFileName()}.af-partial");
        try
        {
            File.WriteAllText(temporary, JsonSerializer.Serialize(document, BaselineJson.Default.BaselineDocument).ReplaceLineEndings("\n") + "\n");
            File.Move(temporary, _file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AfFaultException(FaultKind.Unavailable, FaultId.FileFailed, $"The baseline '{_file}' could not be written: {exception.Message}", "Check its folder and the rights to it.", _file);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static BaselineDocument Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file).AsSpan().TrimStart("\uFEFF"u8), BaselineJson.Default.BaselineDocument) ?? throw Invalid(file, "it is empty");
        }
        catch (JsonException exception)
        {
            throw Invalid(file, $"it does not fit at {exception.Path ?? "its start"}, line {(exception.LineNumber ?? 0) + 1}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AfFaultException(FaultKind.Unavailable, FaultId.FileFailed, $"The baseline '{file}' could not be read: {exception.Message}", "Check the rights to it.", file);
        }
    }

    // A backslash would escape; in a file name it is a character like any other.
    private static string Escape(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);

    private static AfFaultException Invalid(string file, string why) => new(
        FaultKind.InvalidData, FaultId.BaselineInvalid, $"The baseline '{file}' cannot be used: {why}.", "Correct it; the shape is in about_AgentFlow_Redaction. Nothing counts as accepted until then.", file);
}
