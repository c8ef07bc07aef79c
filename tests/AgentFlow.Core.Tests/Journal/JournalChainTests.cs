using System.Text.Json.Nodes;
using AgentFlow.Core.Tests.Rotation;
using AgentFlow.Journal;

namespace AgentFlow.Core.Tests.Journal;

/// <summary>af-chain-v1 against hashes that another program (Python's hashlib and json) computed from the documented form.</summary>
public sealed class JournalChainTests
{
    private const string Stream = "rotation/session-secret";

    public static TheoryData<int, string, string, string> Golden => new()
    {
        { 1, "ada@console", "{}", "d9683a2c26df724ee99b98129945a08a07cecf88f4f1294c414078f4f1774993" },
        {
            2, "ada@console", """{"x":null,"state":"Preflighted","n":-1.5,"lanes":[{"targets":["production","preview"],"name":"AUTH_SECRET"}],"b":true}""",
            "fde93a516b0263a85a280f5ff5c3a1603d42edcd8c6ddbcf4cabc443885d368e"
        },
        { 3, "björn@büro", """{"note":"tab\t \"quoted\" \\ € 🔒 \u2028"}""", "8fed60174dc0e1b63de33c22673b380c5db1d67623ad0c8586dc4f205ed60ef1" },
    };

    [Fact]
    public void The_chain_is_as_documented()
    {
        DateTimeOffset first = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] times = [first, first.AddMicroseconds(1), first.AddMicroseconds(123456)];
        string[] types = ["planned", "state", "note"];
        JournalHead? head = null;
        foreach ((int number, string actor, string data, string hash) in Golden.Select(row => row.Data))
        {
            // Ticks below a microsecond are not recorded.
            JournalEntry entry = JournalChain.Next(head, new(Stream, types[number - 1], "rot_a", JsonNode.Parse(data)!.AsObject()), actor, times[number - 1].AddTicks(9));
            Assert.Equal((number, hash), (entry.Sequence, entry.Hash));
            Assert.Equal(head?.Hash ?? JournalChain.Genesis, entry.PreviousHash);
            Assert.Equal(times[number - 1], entry.RecordedAt);
            head = new() { Stream = Stream, Sequence = entry.Sequence, Hash = entry.Hash, RecordedAt = entry.RecordedAt };
        }
    }

    [Fact]
    public void Every_member_is_part_of_the_hash()
    {
        JournalEntry entry = JournalChain.Next(null, new("s", "t", "u", new() { ["a"] = 1 }), "me", DateTimeOffset.UnixEpoch);
        JournalEntry[] changed =
        [
            entry with { Stream = "other" }, entry with { Sequence = 2 }, entry with { RecordedAt = entry.RecordedAt.AddMicroseconds(1) }, entry with { Actor = "you" },
            entry with { Type = "x" }, entry with { Subject = "x" }, entry with { Data = """{"a":2}""" }, entry with { PreviousHash = new('1', 64) },
        ];
        Assert.All(changed, one => Assert.NotEqual(entry.Hash, JournalChain.Hash(one)));
    }

    [Fact]
    public async Task Contradicting_anchors_are_named()
    {
        InstantTime time = new();
        MemoryJournal journal = new(time);
        JournalEntry entry = await journal.AppendAsync(new("s", "t", "u", []), null, CancellationToken.None);
        JournalHead anchor = new() { Stream = "s", Sequence = 1, Hash = entry.Hash, RecordedAt = entry.RecordedAt };
        JournalVerification verified = await JournalVerifier.VerifyAsync(journal, "s", [anchor, anchor with { Hash = new('0', 64) }], CancellationToken.None);
        Assert.Equal((false, 1L), (verified.Valid, verified.FirstBadSequence));
        JournalVerification elsewhere = await JournalVerifier.VerifyAsync(journal, "never-there", [anchor with { Stream = "never-there" }], CancellationToken.None);
        Assert.Equal((false, 1L), (elsewhere.Valid, elsewhere.FirstBadSequence));
    }
}
