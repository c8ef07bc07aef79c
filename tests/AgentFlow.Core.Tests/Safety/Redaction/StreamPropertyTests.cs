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

    private static readonly Gen<byte[]> s_noted = Gen.UInt.Select(seed => HostileText.MakeNoted(new Random((int)seed), 6_000));

    private static readonly Gen<byte[]> s_told = Gen.UInt.Select(seed => HostileText.MakeTold(new Random((int)seed), 6_000));

    private static readonly string s_random = string.Concat("3LSKmsEz", "zloMXS2o", "wgsv");

    private static readonly string[] s_numbers = ["+11555 0132", "+1 415 555 0132", "(415) 555-0132", "415-555-0132", "415 555 0132", "415.555.0132", "4703683310192", "4482725862903060", "4111 1111 1111 1111", "4111-1111-1111-1111", "DE89 3704 0044 0532 0130 00", "0132", "12", "2026", "+4930123456"];

    [Fact]
    public void Any_cut_of_the_same_bytes_gives_the_same_output() =>
        Gen.Select(Gen.OneOf(s_text, s_noted, s_told), Gen.Int[1, 900], Gen.Int[600, 5_000]).Sample((text, read, block) => Assert.Equal(Whole(text), Streamed(text, read, block)), iter: 120);

    [Fact]
    public void A_stream_gives_what_a_text_gives() =>
        s_text.Sample(text => Assert.Equal(Whole(text), Streamed(text, int.MaxValue, StreamRedactor.DefaultBlock)), iter: 60);

    [Fact]
    public void Redacting_twice_changes_nothing() => Gen.OneOf(s_records, s_text, s_noted).Sample(
        text =>
        {
            byte[] once = Whole(text);
            Assert.Equal(once, Whole(once));
        },
        iter: 400);

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
        Random random = new(seed);
        byte[] text = HostileText.Make(random, HostileText.LengthOf(seed));
        byte[] records = HostileText.Make(new Random(seed), 6_000, apart: true);
        byte[] once = Whole(records);
        byte[] dense = Whole(text);

        Assert.Equal(dense, Whole(dense));
        Assert.Equal(dense, Streamed(text, 1 + random.Next(3_000), 600 + random.Next(8_000)));
        Assert.Equal(dense, Streamed(text, 1 + (seed & 511), 600 + (seed & 2047)));
        Assert.Equal(once, Whole(once));
    }

    [Theory]
    [MemberData(nameof(NotedSeeds))]
    public void Past_failures_in_other_notations_hold(int seed) => HoldsIn(HostileText.MakeNoted(new Random(seed), 6_000), seed);

    [Theory]
    [MemberData(nameof(TabledSeeds))]
    public void Past_failures_in_tables_hold(int seed) => HoldsIn(HostileText.MakeTabled(new Random(seed), 6_000), seed);

    private static void HoldsIn(byte[] text, int seed)
    {
        byte[] once = Whole(text);

        Assert.Equal(once, Whole(once));
        Assert.Equal(once, Streamed(text, 1 + (seed & 511), 600 + (seed & 2047)));
    }

    /// <summary>What one secret hid from the judgement of its neighbour, found by fuzzing and cut down.</summary>
    [Theory]
    [InlineData("cookie:K;a=R")]
    [InlineData("cookie:K;a=R;b=K,c=R\nother")]
    [InlineData("cookie: a=1; b=K; sid=R; theme=dark")]
    [InlineData("cookie:\"K;a=R\"")]
    [InlineData("cookie:W;a=R")]
    [InlineData("cookie:\"W';a=R;b=K;c=R")]
    [InlineData("cookie:\"W';q=R")]
    [InlineData("cookie:'P;N=R")]
    [InlineData("cookie=\u001bP;a=R")]
    [InlineData("cookie=P;a=R")]
    [InlineData("+11555 0132 C")]
    [InlineData("+1 415 555 0132 C 415-555-0132")]
    [InlineData("+1 415 555 0132 (415) 555-0132")]
    [InlineData("(415) 555-0132 (415) 555-0132 (415) 555-0132 C")]
    [InlineData("+11555 0132 415-555-0132")]
    [InlineData("C 415 555 0132")]
    [InlineData("+11555 0132 D C")]
    public void A_neighbour_is_judged_as_it_will_stand(string shape)
    {
        string text = Concrete(shape);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] once = Whole(bytes);

        Assert.Equal(once, Whole(once));
        foreach (int padding in (int[])[0, 500, 1_990, 2_048, 2_100, 4_096])
        {
            byte[] later = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x y\n", padding / 4))), .. bytes, .. new byte[5_000], .. bytes];
            Assert.Equal(Whole(later), Streamed(later, 701, 600));
        }
    }

    /// <summary>A cookie behind the secret in which the list seemed to end goes in the first pass.</summary>
    [Theory]
    [InlineData("cookie:K;a=R")]
    [InlineData("cookie: a=1; b=K; sid=R; theme=dark")]
    [InlineData("cookie:\"W';a=R;b=K;c=R")]
    public void A_list_goes_on_behind_a_secret(string shape)
    {
        string safe = Encoding.UTF8.GetString(Whole(Encoding.UTF8.GetBytes(Concrete(shape))));

        Assert.DoesNotContain(s_random, safe, StringComparison.Ordinal);
        Assert.Equal(shape.Contains("theme", StringComparison.Ordinal), safe.EndsWith("; theme=dark", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_side_by_side_are_masked_once_and_for_all() => Gen.Select(OneOf(s_numbers).Array[1, 7], OneOf([" ", " ", ", ", "-", " - ", ".", "  "]).Array[7]).Sample(
        (numbers, gaps) =>
        {
            byte[] once = Whole(Encoding.UTF8.GetBytes(string.Concat(numbers.Select((number, i) => number + gaps[i]))));
            Assert.Equal(once, Whole(once));
        },
        iter: 3_000);

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

    public static TheoryData<int> TabledSeeds => [.. HostileText.PastTabledFailures];

    public static TheoryData<int> NotedSeeds => [.. HostileText.PastNotedFailures];

    public static TheoryData<int> Seeds => [.. HostileText.PastFailures];

    private static Gen<string> OneOf(string[] options) => Gen.Int[0, options.Length - 1].Select(i => options[i]);

    /// <summary>K a known value, W a token over two lines, P a key block, C a card, D a second one, R a random cookie.</summary>
    private static string Concrete(string shape) => string.Concat(shape.Select(c => c switch
    {
        'K' => HostileText.KnownValue,
        'W' => "xox" + "b-06647-PyWJlgOjrsGm5m\n 9jDDal",
        'P' => "-----BEGIN PRIVATE" + " KEY-----\n" + s_random + s_random + s_random + "\n-----END PRIVATE KEY-----",
        'C' => "4703683310192",
        'D' => "4482725862903060",
        'R' => s_random,
        _ => c.ToString(),
    }));

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
