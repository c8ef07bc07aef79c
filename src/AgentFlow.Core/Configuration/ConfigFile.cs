using System.Text.Json;
using AgentFlow.Faults;

namespace AgentFlow.Configuration;

/// <summary>Finds, reads and writes <c>agentflow.json</c>.</summary>
public static class ConfigFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "agentflow.json";

    /// <summary>Looks in <paramref name="folder"/>, then in each parent, then in the user's config folder; null when there is none.</summary>
    public static string? Find(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, FileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        string user = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "agentflow", FileName);
        return File.Exists(user) ? user : null;
    }

    /// <summary>Reads and checks one file. <paramref name="looksSecret"/> decides about each text in it; a text that looks like a secret is refused by line, never by value.</summary>
    /// <exception cref="AfFaultException">AfConfigNotFound, AfConfigMalformed, AfConfigHoldsSecret, AfConfigEndpointRefused.</exception>
    public static AfConfig Read(string path, Func<string, bool> looksSecret)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AfFaultException(
                FaultKind.NotFound, FaultId.ConfigNotFound, $"The config file '{path}' cannot be read.", "Check the path and its permissions, or make one with New-AfConfig.", path);
        }

        RefuseSecrets(bytes, path, looksSecret);
        AfConfig config = Parse(bytes, path);
        RefuseForeignEndpoints(config.Endpoints, path);
        return config;
    }

    /// <summary>The text of a config, as New-AfConfig writes it.</summary>
    public static string Write(AfConfig config) => JsonSerializer.Serialize(config, ConfigJson.Options);

    private static AfConfig Parse(byte[] bytes, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<AfConfig>(SkipMark(bytes), ConfigJson.Options) ?? throw Malformed(path, 1, "the file is empty");
        }
        catch (JsonException exception)
        {
            // The serialiser's own message quotes the text around the fault; only where it is may be said.
            string place = exception.Path is { Length: > 0 } member ? $"see '{member}'" : "it is not valid JSON";
            throw Malformed(path, (exception.LineNumber ?? 0) + 1, place);
        }
    }

    private static AfFaultException Malformed(string path, long line, string place) => new(
        FaultKind.InvalidData,
        FaultId.ConfigMalformed,
        $"The config file '{path}' is not as the schema says at line {line}: {place}.",
        "Open it in an editor that knows agentflow.schema.json; names are camelCase and unknown names are refused.",
        path);

    private static void RefuseSecrets(byte[] bytes, string path, Func<string, bool> looksSecret)
    {
        Utf8JsonReader reader = new(SkipMark(bytes), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true });
        try
        {
            string member = string.Empty;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    member = reader.GetString()!;
                }
                else if (reader.TokenType is JsonTokenType.String or JsonTokenType.Comment)
                {
                    string value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : reader.GetComment();
                    if (looksSecret(value))
                    {
                        int line = 1 + SkipMark(bytes)[..(int)reader.TokenStartIndex].Count((byte)'\n');
                        throw new AfFaultException(
                            FaultKind.Guard,
                            FaultId.ConfigHoldsSecret,
                            $"The config file '{path}' holds what looks like a secret at line {line} ('{member}').",
                            "Move it to an environment variable, a vault or a user-only file, write env:NAME, vault:NAME or file:PATH here, and rotate the credential if the file was ever shared.",
                            path);
                    }
                }
            }
        }
        catch (JsonException exception)
        {
            throw Malformed(path, (exception.LineNumber ?? 0) + 1, "it is not valid JSON");
        }
    }

    private static void RefuseForeignEndpoints(EndpointConfig endpoints, string path)
    {
        (string Name, string? Value)[] all =
        [
            ("vercel", endpoints.Vercel), ("github", endpoints.GitHub), ("stripe", endpoints.Stripe),
            ("supabase", endpoints.Supabase), ("iam", endpoints.Iam), ("ses", endpoints.Ses),
        ];
        foreach ((string name, string? value) in all)
        {
            if (value is not null && !(Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.IsLoopback))
            {
                throw new AfFaultException(
                    FaultKind.Guard,
                    FaultId.ConfigEndpointRefused,
                    $"The config file '{path}' sends '{name}' to an address that is not on this machine.",
                    $"Remove endpoints.{name}; a file may only point at a loopback rehearsal, so that no clone can redirect an operator's tokens.",
                    path);
            }
        }
    }

    private static ReadOnlySpan<byte> SkipMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
}
