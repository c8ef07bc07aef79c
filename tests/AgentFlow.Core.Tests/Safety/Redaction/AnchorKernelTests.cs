using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using AgentFlow.Safety.Redaction;
using AgentFlow.TestKit;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Every instruction set sees what the plain loop sees; the nibble tables may let more through, never less.</summary>
public sealed class AnchorKernelTests
{
    [Fact]
    public void All_passes_agree_with_the_plain_loop()
    {
        BucketPlan plan = new(16);
        foreach (RedactionRuleAnchors rule in RedactionRuleAnchors.All)
        {
            plan.Add(Fingerprint.Of(rule.Anchor, Fingerprint.RarestWindow(rule.Anchor.Bytes)), rule.Anchor.FoldCase);
        }

        BucketTables tables = new(plan.ToTables());
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] text = HostileText.Make(new Random(seed), 9_000);
            byte[] buffer = new byte[text.Length + AnchorKernel.Padding];
            text.CopyTo(buffer, 0);
            ulong[] plain = Marks(buffer, text.Length, tables.Exact, AnchorKernel.MarkScalar);
            ulong[] half = Marks(buffer, text.Length, tables.Nibbles, AnchorKernel.Mark128);

            Assert.All(plain.Zip(half), pair => Assert.Equal(pair.First, pair.First & pair.Second));
            if (Avx2.IsSupported)
            {
                Assert.Equal(half, Marks(buffer, text.Length, tables.Nibbles, AnchorKernel.Mark256));
            }

            if (Avx512Vbmi.IsSupported)
            {
                Assert.Equal(plain, Marks(buffer, text.Length, tables.Exact, AnchorKernel.MarkExact));
            }
        }
    }

    private delegate void Pass(ref byte text, int from, int to, byte[][] tables, ref ulong masks);

    private static ulong[] Marks(byte[] buffer, int length, byte[][] tables, Pass pass)
    {
        ulong[] masks = new ulong[(length / AnchorKernel.Block) + 1];
        pass(ref MemoryMarshal.GetArrayDataReference(buffer), 0, length, tables, ref masks[0]);
        return masks;
    }

    private sealed record RedactionRuleAnchors(Anchor Anchor)
    {
        public static IEnumerable<RedactionRuleAnchors> All => RuleTable.All.SelectMany(rule => rule.Anchors).Select(anchor => new RedactionRuleAnchors(anchor));
    }
}
