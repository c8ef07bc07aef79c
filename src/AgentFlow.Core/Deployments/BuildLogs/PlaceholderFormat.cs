using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Configuration with a placeholder that could not be filled (.npmrc, Spring, Vite's HTML, Docker, Kubernetes), references to a secret that is not there, and error values that hold the name.</summary>
internal sealed partial class PlaceholderFormat : ILogFormat
{
    public string Name => "placeholder";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson || !line.HasCapitals || line.Trimmed.Length > 4_000)
        {
            return;
        }

        foreach (Match match in Unfilled().Matches(line.Trimmed))
        {
            if (EnvName.IsCapital(match.Groups["name"].ValueSpan))
            {
                context.Report(this, match.Groups["name"].ValueSpan, line.Number);
            }
        }
    }

    public void Break()
    {
    }

    // In order: npm and pnpm, Spring and Quarkus, Vite's index.html, Vercel's secrets, Kubernetes, compose, envsubst, Serverless, error classes, make, Perl,
    // error values as Rust prints them, PHP, key=missing, invariants, Go's envconfig, PowerShell.
    [GeneratedRegex(
        """
        [Ff]ailed\ to\ replace\ env\ in\ config:\s*\$\{?(?<name>[A-Z][A-Z0-9_]+)
        |[Cc]ould\ not\ (?:resolve\ placeholder|expand\ value)\ ["'`]?(?:\$\{)?(?<name>[A-Z][A-Z0-9_]+)
        |%(?<name>[A-Z][A-Z0-9_]+)%\ is\ not\ defined\ in\ env
        |[Ee]nvironment\ [Vv]ariable\ ["'`](?<name>[A-Z][A-Z0-9_]+)["'`]\ references\ [Ss]ecret\ [^,]{1,200},\ which\ does\ not\ exist
        |couldn't\ find\ key\ (?<name>[A-Z][A-Z0-9_]+)\ in\ (?:Secret|ConfigMap)
        |references\ non-existent\ (?:secret|config)\ key:\s*(?<name>[A-Z][A-Z0-9_]+)
        |required\ variable\ (?<name>[A-Za-z_]\w*)\ is\ missing\ a\ value
        |variable\ \$\{(?<name>[A-Z][A-Z0-9_]+)\}\ (?:is\ )?not\ set
        |satisfy\ the\ declaration\ ["'`]env:(?<name>[A-Z][A-Z0-9_]+)["'`]\ could\ not\ be\ found
        |\b\w*(?:Missing\w*(?:Env|Var|Config|Secret)|(?:Env|Variable|Config|Secret)\w*(?:Missing|NotFound|NotSet|Undefined|Required))\w*\]?:\ ["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?\.?$
        |\*\*\*\ (?:[Pp]lease\ )?(?:[Uu]ndefined|[Uu]nset|[Mm]issing|[Nn]o|[Ss]et|[Dd]efine|[Ss]pecify|[Pp]rovide|[Nn]eeds?|[Rr]equires?)\ (?:(?:the|a|required|variable|env\w*|value|for)\ )*\$?\(?(?<name>[A-Z][A-Z0-9_]+)\)?\W.*\bStop\.$
        |uninitialized\ value\ \$ENV\{["']?(?<name>[A-Z][A-Z0-9_]+)
        |\b\w*(?:Missing\w*(?:Env|Var|Config|Secret|Value|Key)|(?:Env|Var|Config|Secret)\w*(?:Missing|NotFound|NotSet|NotPresent|Undefined|Unset))\w*\s*[({]\s*(?:\w+:\s*)?["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?\s*[,)}]
        |\bUndefined\ (?:array\ key|index:?)\ ["']?(?<name>(?!HTTP_|REQUEST_|REMOTE_|SERVER_|SCRIPT_|DOCUMENT_|QUERY_|PHP_)[A-Z][A-Z0-9]*_[A-Z0-9_]+)
        |\b(?:[Ii]nvariant\ failed|[Aa]ssertion\ failed|AssertionError(?:\ \[\w+\])?|\w*[Rr]equire\w*Env\w*):\ (?:process\.env\.|env\.)?["'`]?(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)["'`]?$
        |(?<![\w.])(?<name>[A-Z][A-Z0-9_]+)\s?=\s?["'<(\[]?(?:[Mm]issing|MISSING|[Uu]nset|UNSET|not[\ _-]set)["'>)\]]?(?=[\s,;]|$)
        |\.Env\..{0,200}\bno\ entry\ for\ key\ ["'](?<name>[A-Z][A-Z0-9_]+)
        |\bassigning\ (?<name>[A-Z][A-Z0-9_]+)\ to\ \w+:\ converting\b
        |variable\ ["'`]\$env:(?<name>[A-Z][A-Z0-9_]+)["'`]\ cannot\ be\ retrieved
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Unfilled();
}
