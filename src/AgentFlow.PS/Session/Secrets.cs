using System.Runtime.InteropServices;
using System.Security;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Session;

/// <summary>The way from the engine's SecureString to a <see cref="Secret"/>, without a managed string in between.</summary>
internal static class Secrets
{
    public static unsafe Secret From(SecureString secure)
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(secure);
        try
        {
            return Secret.FromChars(new ReadOnlySpan<char>((void*)copy, secure.Length));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }
}
