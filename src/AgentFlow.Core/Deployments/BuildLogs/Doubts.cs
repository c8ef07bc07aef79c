using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Words that take back what a sentence says of a missing variable: a default, an option, a list for another tool.</summary>
internal static partial class Doubts
{
    // A line with many names stays cheap.
    private const int Farthest = 400;

    /// <summary>True when the whole line is about something else, though it speaks of variables.</summary>
    public static bool AreIn(string text) => Whole().IsMatch(text);

    /// <summary>True when the words after the name give it a default.</summary>
    public static bool Follow(string text, int from) => After().IsMatch(text.Length - from > Farthest ? text[..(from + Farthest)] : text, Math.Min(from, text.Length));

    [GeneratedRegex(
        """
        \bturbo\.json\b|\bset\ on\ your\ Vercel\ project\b|\bassigned\ a\ value\ but\b|\bis\ already\ defined\b|\bno\ (?:missing|undefined)\b|\bnothing\ missing\b|\b(?:0|zero)\ missing\b
        |\boptional\ (?:env|variable|config|setting|secret)|\bdeprecat(?:ed|ion)\b|\bno\ longer\ (?:needed|required|used|supported)\b|\b(?:column|relation|table|constraint)\ "|\bconstraint\b|\bSQLSTATE\b|\bORA-\d
        |\bvariable\ ["'`]?\$\w+["'`]?\ of\ |\bbut\ (?:present|set|found|defined)\ in\b|\(imported\ as\b|\bin\ type\ ['"`]|\bHTTP[\ /\d.]*\ 4\d\d\b|\b(?:disabled|skipped|inactive)\b\s*[:(\u2014-]\s*\S+\s+(?:is\s+)?(?:not|missing|unset|empty)\b|\bcache\ miss\b|\bin\ (?:the\ )?cache\b|^\W*(?:pro\ )?tip:|\bskip(?:ped|ping|s)\b.{0,80}\b(?:because|since)\b|\brun\ again\ with\ the\ --allow|^usage:|^\s*--?[a-z][\w-]*[\ =,]
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(
        """
        \bdefault(?:s|ing)?\ to\ (?!(?:an?\ )?(?:blank|empty|undefined|null|nothing))|\b(?:using|use|uses|with)\ (?:the\ |a\ |its\ )?(?:built-?in\ |sensible\ )?(?:default|fallback)|\bdefault\ (?:value\ )?(?:is\ |will\ be\ |of\ )?used\b|(?<!\b(?:no|without)\ (?:a\ |any\ )?)\bfall(?:s|ing)?[\ -]?back\b
        |\boptional\b(?!\s*:)|\bassuming\b|\bby\ default\b|\(default|\bdefault:|\bwill\ (?:use|default|be\ generated|fall)|\bgenerat(?:ing|ed)\b|\bno\ longer\b
        |\G(?:(?!missing|\bnot\b|n't).)*(?:\.{2,}|\u2026|:|->|=)\s*(?:ok|passed|present|found|set|\u2713|\u2714|\u2705)\W*$
        |(?:->|=>|\u2192|[;,])\s*defaults?\b|\bignor(?:ing|ed)\b
        |\b(?:in|from)\ \S*\.env\.(?:example|sample|template|dist)\b|\bthe\ default\b|\(expected\)|\b(?:found|exist)\W{1,3}(?:creating|created|fetching)\b|\bso\b.{0,40}\boff\b
        |\bempty\b.{0,20}\b(?:is|are)\ (?:allowed|fine|ok|valid|accepted)\b
        |\b(?:skip(?:s|ped|ping)?|disabled|disabling)\b(?<!^\W{0,3}(?:error|fatal)\b.*)
        |\b(?:set|found|missing|provided|configured|defined|available)\W{1,4}(?:so\ |will\ )?(?:use|using)\b
        |\busing\ (?:localhost|in-memory|http|development|"|'|`|\d)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
