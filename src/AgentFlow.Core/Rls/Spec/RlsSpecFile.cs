using System.Text.Encodings.Web;
using System.Text.Json;
using AgentFlow.Faults;

namespace AgentFlow.Rls.Spec;

/// <summary>The spec as reviewable JSON: one fact per line, in a stable order.</summary>
public static class RlsSpecFile
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int Version = 1;

    private static readonly RlsSpecJson s_json = new(new JsonSerializerOptions(RlsSpecJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The text, ending with a line feed.</summary>
    public static string Write(RlsSpec spec) => JsonSerializer.Serialize(spec, s_json.RlsSpec).ReplaceLineEndings("\n") + "\n";

    /// <summary>Reads a spec.</summary>
    /// <exception cref="AfFaultException">AfRlsSpecInvalid with the line; AfRlsSpecNotFound.</exception>
    public static RlsSpec Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new AfFaultException(FaultKind.NotFound, FaultId.RlsSpecNotFound, $"There is no spec at '{path}'.", "Learn one from a database that is known to be good: New-AfRlsSpec -Path spec.json.", path);
        }

        RlsSpec? spec;
        try
        {
            spec = JsonSerializer.Deserialize(File.ReadAllText(path), s_json.RlsSpec);
        }
        catch (JsonException exception)
        {
            throw Invalid(path, $"line {(exception.LineNumber ?? 0) + 1}{(exception.Path is { Length: > 0 } at ? $" ({at})" : string.Empty)} is not as the format wants it");
        }

        return spec is null ? throw Invalid(path, "it is empty")
            : spec.Version != Version ? throw Invalid(path, $"its version is {spec.Version} and this module reads version {Version}")
            : Whole(spec);
    }

    // Generated code gives null for a section that the file leaves out (dotnet/runtime#58770).
    private static RlsSpec Whole(RlsSpec spec) => spec with
    {
        TenantColumns = spec.TenantColumns ?? new Dictionary<string, string>(),
        TenantPaths = spec.TenantPaths ?? new Dictionary<string, string>(),
        GlobalTables = spec.GlobalTables ?? [],
        SystemOwned = spec.SystemOwned ?? [],
        SecretColumns = spec.SecretColumns ?? [],
        SharedTables = spec.SharedTables ?? [],
        Routines = spec.Routines ?? new Dictionary<string, string>(),
        Grants = spec.Grants ?? new Dictionary<string, IReadOnlyList<string>>(),
        Matrix = spec.Matrix ?? [],
        Suppressions = spec.Suppressions ?? [],
    };

    private static AfFaultException Invalid(string path, string what) => new(
        FaultKind.InvalidData, FaultId.RlsSpecInvalid, $"The spec '{path}' cannot be used: {what}.", "Correct the file, or learn it anew with New-AfRlsSpec -Force from a database that is known to be good.", path);
}
