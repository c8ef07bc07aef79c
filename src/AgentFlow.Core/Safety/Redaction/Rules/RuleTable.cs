namespace AgentFlow.Safety.Redaction;

/// <summary>The one table of rules. The families only group its rows into readable files; order inside a class decides between equals.</summary>
internal static class RuleTable
{
    /// <summary>All rows; a row's index is its number in findings.</summary>
    public static IReadOnlyList<RedactionRule> All { get; } =
    [
        .. SpecialRules.Rows,
        .. PaymentRules.Rows,
        .. SourceRules.Rows,
        .. CloudRules.Rows,
        .. HostingRules.Rows,
        .. AiRules.Rows,
        .. MessagingRules.Rows,
        .. HookRules.Rows,
        .. ObservabilityRules.Rows,
        .. IdentityRules.Rows,
        .. ProductRules.Rows,
        .. StructuredRules.Rows,
        .. AddressRules.Rows,
    ];

    public static short Known { get; } = IndexOf("known-value");

    public static short UriPassword { get; } = IndexOf("uri-password");

    public static short Email { get; } = IndexOf("email");

    public static short Phone { get; } = IndexOf("phone");

    public static short Card { get; } = IndexOf("card");

    public static short Iban { get; } = IndexOf("iban");

    public static short Discord { get; } = IndexOf("discord-token");

    public static short Mailgun { get; } = IndexOf("mailgun-key");

    public static short Sanity { get; } = IndexOf("sanity-token");

    public static short ServiceRole { get; } = IndexOf("service-role-key");

    public static short Jwt { get; } = IndexOf("jwt");

    public static short Ipv4 { get; } = IndexOf("ipv4");

    public static short Ipv6 { get; } = IndexOf("ipv6");

    public static short Cookie { get; } = IndexOf("cookie");

    public static short PrivateKey { get; } = IndexOf("private-key");

    public static short NamedSecret { get; } = IndexOf("named-secret");

    public static short Named { get; } = IndexOf("named-value");

    /// <summary>The anchors of every row, compiled once per process.</summary>
    public static AnchorIndex Index { get; } = AnchorIndex.Build(
        All.SelectMany((rule, i) => rule.Anchors.Select(a => (a, (short)i))), groups: 4);

    public static short IndexOf(string name)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name)
            {
                return (short)i;
            }
        }

        throw new ArgumentException($"No rule is called '{name}'.", nameof(name));
    }

    /// <summary>Which of two overlapping findings gives the name: what blanked text, then this process's own values, then tokens.</summary>
    public static int Rank(short rule) => rule < 0 ? 9 : All[rule].Class switch
    {
        RedactionClass.Known => 5,
        RedactionClass.Token => 4,
        RedactionClass.Structured => 3,
        RedactionClass.Pii => 2,
        _ => 1,
    };
}
