namespace AgentFlow.Safety.Redaction;

/// <summary>A span of bytes to replace: positions in the scanned buffer, the row of the rule table, and the keyed id of the value.</summary>
internal readonly record struct Finding(int Start, int End, short Rule, ulong Id) : IComparable<Finding>
{
    public int Length => End - Start;

    public int CompareTo(Finding other)
    {
        int byStart = Start.CompareTo(other.Start);
        return byStart != 0 ? byStart : other.End.CompareTo(End);
    }
}
