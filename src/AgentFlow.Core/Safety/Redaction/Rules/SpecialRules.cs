namespace AgentFlow.Safety.Redaction;

/// <summary>Rows whose sightings come from character classes or from the session, not from a literal.</summary>
internal static class SpecialRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        new("known-value", RedactionClass.Known, "A value that this process holds, in any encoding", [], _ => string.Empty),
        new("named-value", RedactionClass.Structured, "Property of an object whose name says secret", [], _ => string.Empty),
        new("uri-password", RedactionClass.Structured, "Password, or token in place of the user, in the authority of a URI", [], UriVerifier.Example),
        new("email", RedactionClass.Pii, "E-mail address, also URL-encoded",
            [new("%40", true, ByteSet.Alnum, EmailVerifier.VerifyEncoded), new("\\u0040", false, null, EmailVerifier.VerifyEscaped), new("&#64;", false, null, EmailVerifier.VerifyEscaped)], EmailVerifier.Example),
        new("phone", RedactionClass.Pii, "Phone number, international or North American", [], NumberVerifier.PhoneExample),
        new("card", RedactionClass.Pii, "Payment card number of a known brand with a valid Luhn digit", [], NumberVerifier.CardExample),
        new("iban", RedactionClass.Pii, "Bank account (IBAN) with valid check digits, also spaced", [], NumberVerifier.IbanExample),
        new("discord-token", RedactionClass.Token, "Discord bot token", [], LongTokens.DiscordExample),
        new("mailgun-key", RedactionClass.Token, "Mailgun API key of the newer form", [], LongTokens.MailgunExample),
        new("sanity-token", RedactionClass.Token, "Sanity token", [], LongTokens.SanityExample),
    ];
}
