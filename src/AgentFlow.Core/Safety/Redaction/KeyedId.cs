using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Names a value without telling it: SipHash-2-4 under a random key of the session. A keyed pseudo-random function like HMAC,
/// chosen because a log line with an address in it must not cost a SHA-256.
/// </summary>
internal sealed class KeyedId
{
    private const string Alphabet = "bcdfghjklmnpqrst";

    private readonly ulong _key0;
    private readonly ulong _key1;

    public KeyedId(ReadOnlySpan<byte> key)
    {
        _key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _key1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
    }

    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 16;

    /// <summary>Characters of a written id.</summary>
    public const int TextLength = 10;

    public static KeyedId ForSession()
    {
        Span<byte> key = stackalloc byte[KeyLength];
        RandomNumberGenerator.Fill(key);
        return new(key);
    }

    /// <summary>Writes 40 bits of an id in sixteen consonants: no vowel, so no word and no key name can arise in it.</summary>
    public static void Write(ulong id, Span<byte> output)
    {
        for (int i = 0; i < TextLength; i++)
        {
            output[i] = (byte)Alphabet[(int)(id >> (4 * i)) & 15];
        }
    }

    public ulong Of(ReadOnlySpan<byte> value)
    {
        ulong v0 = _key0 ^ 0x736f6d6570736575;
        ulong v1 = _key1 ^ 0x646f72616e646f6d;
        ulong v2 = _key0 ^ 0x6c7967656e657261;
        ulong v3 = _key1 ^ 0x7465646279746573;
        int i = 0;
        for (; i + 8 <= value.Length; i += 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(value[i..]);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        ulong last = (ulong)value.Length << 56;
        for (int shift = 0; i < value.Length; i++, shift += 8)
        {
            last |= (ulong)value[i] << shift;
        }

        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xff;
        for (int round = 0; round < 4; round++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
