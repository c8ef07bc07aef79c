namespace AgentFlow.Safety.Redaction;

/// <summary>Network addresses, on request.</summary>
internal static class AddressRules
{
    public static void Scan(ScanContext context, byte[] buffer, int length, int from, int to) => _ = (context, buffer, length, from, to);
}
