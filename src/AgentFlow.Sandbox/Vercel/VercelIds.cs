using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Ids that look like Vercel's and are the same in every run.</summary>
internal static class VercelIds
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Deployment(string seed) => "dpl_" + Text(seed, 28);

    public static string Variable(string seed) => Text("env " + seed, 16);

    public static string Alias(string seed) => Text("alias " + seed, 24);

    /// <summary>The nine characters that make a deployment's address unique.</summary>
    public static string Slug(string seed) => Text("slug " + seed, 9).ToLowerInvariant();

    private static string Text(string seed, int length)
    {
        BigInteger number = new(SHA256.HashData(Encoding.UTF8.GetBytes(seed)), isUnsigned: true);
        StringBuilder text = new(length);
        for (int i = 0; i < length; i++)
        {
            number = BigInteger.DivRem(number, Digits.Length, out BigInteger digit);
            text.Append(Digits[(int)digit]);
        }

        return text.ToString();
    }
}
