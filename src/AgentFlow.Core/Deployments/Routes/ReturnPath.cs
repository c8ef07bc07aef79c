namespace AgentFlow.Deployments.Routes;

/// <summary>The way back that a redirect to sign-in carries.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its path on the site; null when it has none there.</param>
/// <param name="Decodings">How many further decodings made it foreign; 0 when it is as it stands.</param>
/// <param name="Leads">Where it leads, in words; null for a path of the site.</param>
internal sealed record ReturnPath(ReturnPathKind Kind, string? Path, int Decodings, string? Leads)
{
    /// <summary>Names under which applications and frameworks carry it.</summary>
    public static IReadOnlyList<string> UsualNames { get; } =
    [
        "next", "returnTo", "return_to", "returnUrl", "return_url", "return", "callbackUrl", "callback_url", "callback", "redirect", "redirectTo", "redirect_to", "redirectUrl", "redirect_url",
        "redirect_uri", "redirectedFrom", "from", "to", "continue", "url", "dest", "destination", "goto", "target", "r", "u",
    ];

    private const int MostDecodings = 3;

    /// <summary>Judges one value as it comes out of the query, and again as often as a careless reader might decode it.</summary>
    public static ReturnPath Judge(Uri origin, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return new(ReturnPathKind.Malformed, null, 0, null);
        }

        ReturnPath first = JudgeOnce(origin, value, 0);
        string text = value;
        for (int decodings = 1; decodings <= MostDecodings && first.Kind is ReturnPathKind.Relative or ReturnPathKind.Absolute; decodings++)
        {
            string decoded = Uri.UnescapeDataString(text);
            if (decoded == text)
            {
                break;
            }

            text = decoded;
            ReturnPath again = JudgeOnce(origin, text, decodings);
            if (again.Kind == ReturnPathKind.Foreign)
            {
                return again;
            }
        }

        return first;
    }

    private static ReturnPath JudgeOnce(Uri origin, string value, int decodings)
    {
        BrowserTarget target = BrowserAddress.Resolve(new Uri(origin, "/"), value);
        return target.Kind switch
        {
            BrowserTargetKind.Same when target.NamesHost => new(ReturnPathKind.Absolute, target.Uri!.AbsolutePath, decodings, target.ToString()),
            BrowserTargetKind.Same => new(ReturnPathKind.Relative, target.Uri!.AbsolutePath, decodings, null),
            BrowserTargetKind.Malformed => new(ReturnPathKind.Malformed, null, decodings, null),
            BrowserTargetKind.Downgrade or BrowserTargetKind.Upgrade => new(ReturnPathKind.Absolute, target.Uri?.AbsolutePath, decodings, target.ToString()),
            _ => new(ReturnPathKind.Foreign, null, decodings, target.ToString()),
        };
    }
}
