using System.Globalization;
using System.Text;

namespace AgentFlow.Rotation;

/// <summary>The one text about a rotation that is meant for a ticket: ids, times and levels, never a value.</summary>
public static class RotationTicket
{
    /// <summary>Markdown, line feeds.</summary>
    public static string Format(RotationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Rotation {record.RotationId} of {record.Credential} ({record.Kind}): {record.State}\n\n");
        Line(text, "Variables", string.Join(", ", record.Lanes.Select(lane => lane.Describe())));
        Line(text, "Old credential", record.OldId is null ? "the value before" : $"{record.OldId}{(record.RevokedAt is null ? " (still there)" : " (revoked)")}");
        Line(text, "New credential", record.NewId);
        Line(text, "Deployment", record.DeploymentId);
        Line(text, "Proof", record.Proof == ProofLevel.None ? "none yet" : string.Create(CultureInfo.InvariantCulture, $"L{(int)record.Proof}. {record.ProofNote}"));
        Line(text, "Began", Time(record.StartedAt));
        Line(text, "Written", Time(record.StagedAt));
        Line(text, "Promoted", Time(record.PromotedAt));
        Line(text, "Proven", Time(record.ProvenAt));
        Line(text, "Old disabled", Time(record.QuiescedAt));
        Line(text, "Old revoked", Time(record.RevokedAt));
        if (record.Hold is { } hold)
        {
            Line(text, "Waits for", $"{hold.Code}: {hold.Reason}");
            Line(text, "To do", hold.Todo);
        }

        foreach (RotationBlocker blocker in record.Blockers)
        {
            Line(text, blocker.Blocks ? "Blocked by" : "Note", blocker.ToString());
        }

        foreach (string leftover in record.Leftovers)
        {
            Line(text, "Left behind", leftover);
        }

        text.Append("\nNo value of a credential is part of this text.\n");
        return text.ToString();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
        }
    }
}
