using System.Security;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Safety;

/// <summary>Makes values that an operator gives known to the session's redaction.</summary>
internal static class GivenSecrets
{
    public static async Task AddAsync(RedactionSession session, IReadOnlyList<SecureString> values, IOperatorSink sink, CancellationToken cancellationToken)
    {
        for (int i = 0; i < values.Count; i++)
        {
            using Secret secret = Secrets.From(values[i]);
            string? refusal = session.AddKnown(secret) switch
            {
                KnownValueResult.TooShort => "is so short that replacing it would hide ordinary text",
                KnownValueResult.TooCommon => "is an everyday word, a number or one repeated character, and replacing it would hide ordinary text",
                _ => null,
            };
            if (refusal is not null)
            {
                await sink.WarnAsync($"Value {i + 1} of -AddSecret is not looked for: it {refusal}.", cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
