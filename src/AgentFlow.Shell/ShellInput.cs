using System.Security;

namespace AgentFlow.Shell;

/// <summary>Where answers come from: the keyboard, or lines of redirected input.</summary>
internal static class ShellInput
{
    /// <summary>One line without its end; null when the input has ended.</summary>
    public static string? ReadLine() => Terminal.In.ReadLine();

    /// <summary>One line that is not shown; null when the input has ended.</summary>
    public static SecureString? ReadSecret()
    {
        if (ReadLine() is not string line)
        {
            return null;
        }

        SecureString secret = new();
        foreach (char character in line)
        {
            secret.AppendChar(character);
        }

        return secret;
    }
}
