using System.Text;
using AgentFlow.Safety;
using AgentFlow.Safety.Redaction;
using AgentFlow.TestKit;
using CsCheck;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>What holds for every text and every way of cutting it, drawn at random and on the seeds of past failures.</summary>
public sealed class StreamPropertyTests
{
    private static readonly KeyedId s_ids = new([7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]);

    /// <summary>Texts that look like what a log holds, so that verifiers run and findings stand near each other.</summary>
    private static readonly Gen<byte[]> s_text = Gen.UInt.Select(seed => HostileText.Make(new Random((int)seed), 6_000));

    private static readonly Gen<byte[]> s_records = Gen.UInt.Select(seed => HostileText.Make(new Random((int)seed), 6_000, apart: true));

    [Fact]
    public void Any_cut_of_the_same_bytes_gives_the_same_output() =>
        Gen.Select(s_text, Gen.Int[1, 900], Gen.Int[600, 5_000]).Sample((text, read, block) => Assert.Equal(Whole(text), Streamed(text, read, block)), iter: 120);

    [Fact]
    public void A_stream_gives_what_a_text_gives() =>
        s_text.Sample(text => Assert.Equal(Whole(text), Streamed(text, int.MaxValue, StreamRedactor.DefaultBlock)), iter: 60);

    /// <summary>Records stand apart here: a secret that touched another one may become readable when that one is gone.</summary>
    [Fact]
    public void Redacting_twice_changes_nothing() => s_records.Sample(
        text =>
        {
            byte[] once = Whole(text);
            Assert.Equal(once, Whole(once));
        },
        iter: 200);

    [Fact]
    public void Any_bytes_pass_without_an_exception_and_never_grow_beyond_a_factor() => Gen.Byte.Array[0, 3_000].Sample(
        bytes =>
        {
            byte[] safe = Streamed(bytes, 333, 1_024);
            Assert.DoesNotContain("[REDACTED:error]", Encoding.Latin1.GetString(safe), StringComparison.Ordinal);
            Assert.True(safe.Length <= (bytes.Length * HostileText.GrowthBound) + 64, $"{bytes.Length} became {safe.Length}");
        },
        iter: 200);

    [Fact]
    public void Hostile_text_never_grows_beyond_the_factor() =>
        s_text.Sample(text => Assert.True(Whole(text).Length <= (text.Length * HostileText.GrowthBound) + 64), iter: 100);

    [Fact]
    public void A_clean_text_comes_back_as_the_same_reference() => s_records.Sample(
        text =>
        {
            RedactionSession session = Session();
            string safe = session.Redact(Encoding.UTF8.GetString(text));
            Assert.Same(safe, session.Redact(safe));
        },
        iter: 60);

    /// <summary>Seeds of failures that fuzzing met, kept for good.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Past_failures_hold(int seed)
    {
        byte[] text = HostileText.Make(new Random(seed), 6_000);
        byte[] records = HostileText.Make(new Random(seed), 6_000, apart: true);
        byte[] once = Whole(records);

        Assert.Equal(Whole(text), Streamed(text, 1 + (seed & 511), 600 + (seed & 2047)));
        Assert.Equal(once, Whole(once));
    }

    [Fact]
    public void What_an_earlier_text_left_in_a_pooled_buffer_is_no_part_of_the_next()
    {
        RedactionSession session = Session();
        session.Redact(string.Concat(Enumerable.Repeat("DE89 3704 0044 0532 0130 00 x.abcdef.y ", 40)));
        for (int length = 0; length < 60; length++)
        {
            string text = string.Concat(Enumerable.Repeat("GB+1.", 20))[..length];
            Assert.DoesNotContain("[REDACTED:error]", session.Redact(text), StringComparison.Ordinal);
        }
    }

    public static TheoryData<int> Seeds => [.. HostileText.PastFailures];

    private static byte[] Whole(byte[] text)
    {
        using MemoryStream output = new();
        Session().Redact(new MemoryStream(text), output);
        return output.ToArray();
    }

    private static byte[] Streamed(byte[] text, int read, int block)
    {
        using MemoryStream output = new();
        StreamRedactor.Run(Session().Plan, new ChoppedStream(text, read), output, null, CancellationToken.None, block);
        return output.ToArray();
    }

    private static RedactionSession Session()
    {
        RedactionSession session = new(RedactionRules.Default, s_ids);
        using Secret known = Secret.FromChars(HostileText.KnownValue);
        session.AddKnown(known);
        return session;
    }
}
