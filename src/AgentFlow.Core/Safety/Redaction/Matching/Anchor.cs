using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Decides about one sighting of an anchor and reports what it finds to the site.</summary>
internal delegate void Verifier(scoped in Site site);

/// <summary>A literal text that is cheap to look for, and the verifier to run where it stands.</summary>
/// <param name="Text">At least two characters; each stands for one byte.</param>
/// <param name="FoldCase">Whether letters match in either case.</param>
/// <param name="Next">What may follow a literal shorter than a fingerprint; null when it is long enough.</param>
/// <param name="Verify">Runs at each sighting.</param>
internal sealed record Anchor(string Text, bool FoldCase, ByteSet? Next, Verifier Verify)
{
    public byte[] Bytes { get; } = Encoding.Latin1.GetBytes(Text);
}
