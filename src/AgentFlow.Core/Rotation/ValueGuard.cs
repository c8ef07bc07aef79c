using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Rotation;

/// <summary>Refuses values that platforms are known to store wrongly or apps to read wrongly.</summary>
internal static class ValueGuard
{
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationValueRefused"/>; the value is not part of it.</exception>
    public static void Check(Secret value, string name)
    {
        string? problem = value.Use<string?>(static bytes =>
        {
            if (bytes.IsEmpty)
            {
                return "is empty";
            }

            if (bytes.Contains((byte)0))
            {
                return "holds a NUL character";
            }

            string text = System.Text.Encoding.UTF8.GetString(bytes);
            return char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text[0] == '\uFEFF' ? "begins or ends with white space" : null;
        });
        if (problem is not null)
        {
            throw new AfFaultException(
                FaultKind.InvalidArgument,
                FaultId.RotationValueRefused,
                $"The value for {name} {problem}.",
                "Copy it again without the space or line end around it; the value was not kept.",
                name);
        }
    }
}
