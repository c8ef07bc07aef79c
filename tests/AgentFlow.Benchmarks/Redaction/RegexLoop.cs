using System.Text.RegularExpressions;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>What a script usually does: every line through a list of compiled expressions, one after the other.</summary>
internal static class RegexLoop
{
    private static readonly string[] s_patterns =
    [
        @"sk_(?:live|test)_[0-9A-Za-z]{16,}", @"rk_(?:live|test)_[0-9A-Za-z]{16,}", @"whsec_[0-9A-Za-z+/=]{24,}", @"gh[pousr]_[0-9A-Za-z]{36}", @"github_pat_\w{60,}", @"glpat-[\w-]{20}", @"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
        @"xox[abeoprs]-[\w-]{20,}", @"AIza[\w-]{35}", @"GOCSPX-[\w-]{28}", @"ya29\.[\w-]{20,}", @"npm_[0-9A-Za-z]{36}", @"pypi-AgE[\w-]{50,}", @"dckr_pat_[\w-]{27}", @"dop_v1_[0-9a-f]{64}", @"sbp_[0-9a-f]{40}",
        @"sb_secret_[\w-]{20,}", @"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}", @"sk-ant-[\w-]{24,}", @"sk-proj-[\w-]{20,}", @"hf_[0-9A-Za-z]{30,}", @"gsk_[0-9A-Za-z]{40,}", @"SG\.[\w-]{16,32}\.[\w-]{32,}",
        @"xkeysib-[0-9a-f]{64}-\w{16}", @"shpat_[0-9a-f]{32}", @"sntrys_[\w+/=]{24,}", @"lin_api_\w{32,}", @"figd_[\w-]{32,}", @"ntn_\w{40,}", @"PMAK-[0-9a-f]{24}-[0-9a-f]{34}", @"dapi[0-9a-f]{32}", @"vcp_\w{20,}",
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----", @"hooks\.slack\.com/services/[\w/]{24,}", @"(?i)\b(?:password|passwd|secret|token|api_?key)\b[""']?\s*[:=]\s*[""']?([^\s""',;&]{6,})", @"(?i)authorization:\s*\w+\s+[\w.~+/=-]{8,}",
        @"[a-z][a-z0-9+.-]*://[^\s:/@]+:([^\s/@]+)@", @"[\w.+-]+@[\w-]+\.[\w.-]+", @"\+\d[\d ().-]{8,20}\d", @"\b(?:\d[ -]?){13,19}\b",
    ];

    /// <summary>Redacts up to so many bytes of a file; returns the bytes it went through.</summary>
    public static long Run(string file, long limit)
    {
        Regex[] expressions = [.. s_patterns.Select(pattern => new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant))];
        long done = 0;
        using StreamReader reader = new(file);
        while (done < limit && reader.ReadLine() is { } line)
        {
            done += line.Length + 1;
            foreach (Regex expression in expressions)
            {
                line = expression.Replace(line, "[REDACTED]");
            }
        }

        return done;
    }
}
