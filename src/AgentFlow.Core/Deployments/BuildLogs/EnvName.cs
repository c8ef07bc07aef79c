using System.Buffers;
using System.Collections.Frozen;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Tells names of environment variables from the other words in capitals that logs are full of.</summary>
internal static class EnvName
{
    private const int Longest = 128;

    private static readonly SearchValues<char> s_capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    // Words of prose, protocols and log levels that are written in capitals and are nobody's variable.
    private static readonly FrozenSet<string> s_words = new[]
    {
        "A", "I", "AN", "API", "URL", "URI", "URLS", "HTTP", "HTTPS", "JSON", "SQL", "AWS", "GCP", "JWT", "ID", "IDS", "SDK", "CLI", "CI", "CD", "ERROR", "ERRORS", "ERR", "WARN", "WARNING", "INFO", "FATAL",
        "TRACE", "FAIL", "FAILED", "PASS", "PASSED", "NOTE", "TODO", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "NOT", "NULL", "TRUE", "FALSE", "YES", "NO", "OK", "ENV", "ENVS", "VAR", "VARS", "IP", "DNS",
        "TLS", "SSL", "SSH", "CORS", "CSS", "HTML", "XML", "YAML", "TOML", "CSV", "UTF", "ASCII", "OAUTH", "OIDC", "SSO", "SAML", "REST", "RPC", "GRPC", "TCP", "UDP", "UI", "UX", "OS", "CPU", "RAM", "GB", "MB", "KB", "MS",
        "AND", "OR", "IF", "THE", "IS", "ARE", "MUST", "SHOULD", "SET", "MISSING", "REQUIRED", "REQUIRE", "UNDEFINED", "UNSET", "INVALID", "EMPTY", "FILE", "NAN", "EOF", "FROM", "RUN", "COPY", "ARG", "CMD",
        "LABEL", "EXPOSE", "WORKDIR", "ENTRYPOINT", "DONE", "CACHED", "SELECT", "INSERT", "UPDATE", "INTO", "WHERE", "TABLE", "COLUMN", "INDEX", "PRIMARY", "FOREIGN", "KEY", "KEYS", "VALUE", "NAME", "README", "LICENSE",
        "NPM", "PNPM", "YARN", "ESM", "CJS", "JS", "TS", "TSX", "JSX", "PR", "VM", "VPC", "IAM", "SES", "SMTP", "KMS", "ARN", "SSR", "SSG", "ISR", "PWA", "CDN", "DB", "LTS", "EOL", "RFC", "UUID", "EAS",
        "IMPORTANT", "HINT", "HELP", "USAGE", "STOP", "START", "BUILD", "TEST", "TESTS", "BUG", "FIX", "UNKNOWN", "NONE", "ANY", "ALL", "ONE", "MORE", "STDERR", "STDOUT", "DEPRECATED", "VARIABLE", "VARIABLES", "ENVIRONMENT", "PLEASE", "ERRO", "FTL", "FATA", "WRN", "INF", "TRC", "DBG", "PANIC", "CRIT", "CRITICAL", "SEVERE", "NOTICE", "ALERT", "EMERG", "NOAUTH", "WRONGPASS", "NOPERM", "WRONGTYPE", "READONLY", "CLUSTERDOWN", "ELIFECYCLE", "SIGTERM", "SIGKILL", "SIGINT", "SIGSEGV",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_wordsBySpan = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] s_codeStarts = ["ERR_", "ERROR_", "INVALID_", "MISSING_", "UNKNOWN_", "NOT_", "UNABLE_", "UNEXPECTED_", "UNSUPPORTED_", "MODULE_NOT", "SELF_SIGNED_", "CERT_HAS_", "DEPTH_ZERO_", "FUNCTION_INVOCATION_", "DEPLOYMENT_", "SIGTERM", "ELIFECYCLE"];
    private static readonly string[] s_codeEnds = ["_ERROR", "_ERR", "_NOT_FOUND", "_EXCEPTION", "_FAILED", "_MISSING", "_REQUIRED", "_UNDEFINED", "_NOT_SET", "_EXIT", "_"];

    // Switches that messages recommend for finding out more; that they are named does not make them missing.
    private static readonly FrozenSet<string> s_switches = new[] { "DEBUG", "NODE_DEBUG", "VERBOSE", "LOG_LEVEL", "NODE_OPTIONS", "RUST_BACKTRACE", "RUST_LOG", "NEXT_TELEMETRY_DISABLED", "TURBO_TELEMETRY_DISABLED", "FORCE_COLOR", "NO_COLOR", "AWS_SDK_LOAD_CONFIG", "AWS_CONFIG_FILE", "NODE_TLS_REJECT_UNAUTHORIZED" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The shape of a word without quotes, sigils or dots.</summary>
    public static NameShape ShapeOf(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > Longest || char.IsAsciiDigit(word[0]) || word.ContainsAnyExcept(s_letters))
        {
            return NameShape.None;
        }

        if (word.ContainsAnyExcept(s_capitals))
        {
            return NameShape.Loose;
        }

        if (s_wordsBySpan.Contains(word) || word.TrimEnd('_').IsEmpty || IsErrno(word) || IsNumbered(word))
        {
            return NameShape.None;
        }

        return word.TrimStart('_').TrimEnd('_').Contains('_') ? (IsCode(word) ? NameShape.None : NameShape.Strong) : NameShape.Weak;
    }

    /// <summary>True for a name that a format may report without further evidence of its own.</summary>
    public static bool IsCapital(ReadOnlySpan<char> word) => ShapeOf(word) is NameShape.Weak or NameShape.Strong;

    /// <summary>True for switches such as NODE_OPTIONS that messages recommend.</summary>
    public static bool IsSwitch(string name) => s_switches.Contains(name);

    private static bool IsCode(ReadOnlySpan<char> word)
    {
        foreach (string start in s_codeStarts)
        {
            if (word.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        foreach (string end in s_codeEnds)
        {
            if (word.EndsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // ENOENT, ECONNREFUSED and their like.
    private static bool IsErrno(ReadOnlySpan<char> word) => word.Length >= 5 && word[0] == 'E' && !word.Contains('_')
        && (word.StartsWith("ECONN", StringComparison.Ordinal) || word.StartsWith("EADDR", StringComparison.Ordinal) || word.StartsWith("ENO", StringComparison.Ordinal)
            || word is "EACCES" or "EPERM" or "EEXIST" or "EPIPE" or "ETIMEDOUT" or "EAI_AGAIN" or "EISDIR" or "EMFILE" or "EBUSY" or "EINVAL" or "ERESOLVE" or "EUSAGE" or "EAUTH" or "EBADENGINE");

    // P1012, TS2304, E401, DEP0040: a few letters and then digits to the end.
    private static bool IsNumbered(ReadOnlySpan<char> word)
    {
        int digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[^(digits + 1)]))
        {
            digits++;
        }

        return digits >= 3 && word.Length - digits <= 5 && !word.Contains('_');
    }
}
