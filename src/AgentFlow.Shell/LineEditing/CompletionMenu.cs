using System.Text;

namespace AgentFlow.Shell.LineEditing;

/// <summary>Lays out candidates in columns, downwards first.</summary>
internal static class CompletionMenu
{
    private const int Gap = 2;

    /// <summary>Lines that end with CR LF; what does not fit into <paramref name="maxRows"/> is counted in a last line.</summary>
    public static string Layout(IReadOnlyList<string> labels, int width, int maxRows)
    {
        int cell = Math.Min(labels.Max(static label => ScreenText.Width(label)) + Gap, Math.Max(width, 1));
        int columns = Math.Max(width / cell, 1);
        int shown = Math.Min(labels.Count, columns * maxRows);
        int rows = (shown + columns - 1) / columns;
        StringBuilder menu = new();
        for (int row = 0; row < rows; row++)
        {
            for (int i = row; i < shown; i += rows)
            {
                string label = ScreenText.Fit(labels[i], Math.Max(width - 1, 1));
                menu.Append(label);
                if (i + rows < shown)
                {
                    menu.Append(' ', cell - ScreenText.Width(label));
                }
            }

            menu.Append("\r\n");
        }

        return shown < labels.Count ? menu.Append("… and ").Append(labels.Count - shown).Append(" more\r\n").ToString() : menu.ToString();
    }
}
