namespace AgentFlow.Safety.Redaction;

/// <summary>Rows whose sightings come from character classes or from the session, not from a literal.</summary>
internal static class SpecialRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        new("known-value", RedactionClass.Known, "A value that this process holds, in any encoding", [], _ => string.Empty),
        new("uri-password", RedactionClass.Structured, "Password in the authority of a URI", [], UriVerifier.Example),
        new("named-value", RedactionClass.Structured, "Property of an object whose name says secret", [], _ => string.Empty),
        new("email", RedactionClass.Pii, "E-mail address, also URL-encoded", [new("%40", true, ByteSet.Alnum, EmailVerifier.VerifyEncoded)], EmailVerifier.Example),
        new("card", RedactionClass.Pii, "Payment card number with a valid Luhn digit", [], NumberVerifier.CardExample),
    ];
}
