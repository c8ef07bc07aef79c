using System.Management.Automation;

namespace AgentFlow.Shell;

/// <summary>
/// One line at the bottom of the output that shows the latest progress record and vanishes when anything else is written.
/// The caller serialises the calls.
/// </summary>
internal sealed class ProgressBar(TextWriter screen, Func<int> width, TimeProvider clock)
{
    private const int BarColumns = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // The order of arrival: the last one is the one shown.
    private readonly List<ProgressRecord> _active = [];
    private long _drawnAt;
    private bool _visible;

    /// <summary>Takes a record; draws at most ten times a second.</summary>
    public void Update(ProgressRecord record)
    {
        _active.RemoveAll(other => other.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Hide();
        }
        else
        {
            _active.Add(record);
        }

        if (_active.Count > 0 && (!_visible || clock.GetElapsedTime(_drawnAt) >= Interval))
        {
            Draw();
        }
    }

    /// <summary>Takes the bar off the screen; the next record brings it back.</summary>
    public void Hide()
    {
        if (_visible)
        {
            screen.Write("\r\x1b[K");
            _visible = false;
        }
    }

    /// <summary>Forgets everything: a pipeline that was stopped does not report completion.</summary>
    public void Reset()
    {
        Hide();
        _active.Clear();
    }

    /// <summary>The text of a record in at most <paramref name="columns"/> columns: <c>Activity  [####    ]  40 %  status (12 s left)</c>.</summary>
    public static string Format(ProgressRecord record, int columns)
    {
        string text = record.Activity;
        if (record.PercentComplete >= 0)
        {
            int filled = Math.Min(record.PercentComplete, 100) * BarColumns / 100;
            text += $"  [{new string('#', filled)}{new string(' ', BarColumns - filled)}] {record.PercentComplete,3} %";
        }

        if (!string.IsNullOrEmpty(record.StatusDescription))
        {
            text += "  " + record.StatusDescription;
        }

        if (!string.IsNullOrEmpty(record.CurrentOperation))
        {
            text += ": " + record.CurrentOperation;
        }

        if (record.SecondsRemaining > 0)
        {
            text += $" ({record.SecondsRemaining} s left)";
        }

        return ScreenText.Fit(text.ReplaceLineEndings(" "), columns);
    }

    private void Draw()
    {
        ProgressRecord record = _active[^1];
        // The last column stays free: a full line would wrap and the next carriage return would miss it.
        string text = Format(record, width() - 1);
        bool colour = AnsiPolicy.Allows(streamIsTerminal: true);
        screen.Write(colour ? $"\r\x1b[K{PSStyle.Instance.Progress.Style}{text}{PSStyle.Instance.Reset}" : $"\r\x1b[K{text}");
        _visible = true;
        _drawnAt = clock.GetTimestamp();
    }
}
