using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>The sentences in which validators judge one value.</summary>
internal static partial class VerdictWords
{
    /// <summary>True for a judgement of any kind: missing or not acceptable.</summary>
    public static bool IsVerdict(string text) => Any().IsMatch(text);

    /// <summary>True for a judgement that says there is no value.</summary>
    public static bool IsMissing(string text) => Missing().IsMatch(text);

    [GeneratedRegex(
        """
        ^\W*(?:required|missing|undefined|not\ set|invalid|expected|must\b|should\b|cannot\b|can't\b|too\ (?:small|big|short|long)|string\ must|number\ must|field\ required|is\ (?:a\ )?required|not\ a\ valid|unrecognized|value\ is|this\ field|please|provide|needs?\ to)
        |\brequired\b|\bmissing\b|\binvalid\b|\breceived\b|\bmust\ be\b|\bnot\ allowed\b|\bat\ least\b|\bshould\ be\b|\bexpected\b|\bempty\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Any();

    [GeneratedRegex(
        """
        ^\W*(?:is\ )?(?:a\ )?required(?:\ (?:field|variable|value|key|env(?:ironment)?\ var(?:iable)?))?\b(?!\ (?:only\b|by|for|if|when))
        |received:?\ (?:undefined|null|nan|nothing)\b|\bwas\ (?:missing|undefined)\b|^\W*(?:is\ |env(?:ironment)?\ var(?:iable)?\ )?(?:missing|undefined|not\ (?:set|defined|provided|found)|unset|empty)\b|\bfield\ required\b|\bgot:?\ (?:undefined|null)\b|\bmust\ not\ be\ empty\b|\bcannot\ be\ empty\b|\bmust\ have\ required\ property\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Missing();
}
