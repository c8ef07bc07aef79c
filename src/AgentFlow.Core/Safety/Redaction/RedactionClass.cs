namespace AgentFlow.Safety;

/// <summary>What sort of sensitive text a rule finds.</summary>
public enum RedactionClass
{
    /// <summary>A credential whose own text gives it away (a provider prefix, a checksum, a signed structure).</summary>
    Token,

    /// <summary>A credential that its surroundings give away (a name, a header, a URI, a key block).</summary>
    Structured,

    /// <summary>Personal data: e-mail address, phone number, payment card, bank account.</summary>
    Pii,

    /// <summary>A network address; off unless asked for.</summary>
    Address,

    /// <summary>A value this process itself holds, in any encoding.</summary>
    Known,
}
