namespace AgentFlow.Safety.Redaction;

/// <summary>Rows whose sightings come from character classes or from the session, not from a literal.</summary>
internal static class SpecialRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        new("known-value", RedactionClass.Known, "A value that this process holds, in any encoding", [], null),
        new("named-value", RedactionClass.Structured, "Property of an object whose name says secret", [], null),
        new("uri-password", RedactionClass.Structured, "Password, or token in place of the user, in the authority of a URI", [], StructuredExamples.UriPassword),
        new("email", RedactionClass.Pii, "E-mail address, also URL-encoded",
            [new("%40", true, ByteSet.Alnum, EmailVerifier.VerifyEncoded), new("\\u0040", false, null, EmailVerifier.VerifyEscaped), new("&#64;", false, null, EmailVerifier.VerifyEscaped)], StructuredExamples.Email),
        new("phone", RedactionClass.Pii, "Phone number, international or North American", [], StructuredExamples.Phone),
        new("card", RedactionClass.Pii, "Payment card number of a known brand with a valid Luhn digit", [], StructuredExamples.Card),
        new("iban", RedactionClass.Pii, "Bank account (IBAN) with valid check digits, also spaced", [], StructuredExamples.Iban),
        new("discord-token", RedactionClass.Token, "Discord bot token", [], Drawn("MT{A:22}.Gh{A:4}.x7{w:36}")),
        new("mailgun-key", RedactionClass.Token, "Mailgun API key of the newer form", [], Drawn("a0{h:30}-{h:8}-{h:8}")),
        new("sanity-token", RedactionClass.Token, "Sanity token", [], Drawn("sk{A:178}")),
    ];

    /// <summary>An example that a grammar draws, for rows whose verifier is not a grammar.</summary>
    public static Func<Random, RuleExample> Drawn(string grammar) => random => RuleExample.Bare(RuleExample.Draw(random, grammar));
}
