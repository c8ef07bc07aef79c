using System.Management.Automation;
using System.Management.Automation.Internal;

namespace AgentFlow.Shell;

/// <summary>Decides whether colour may leave the shell: a terminal, no NO_COLOR, and what <c>$PSStyle.OutputRendering</c> says.</summary>
internal static class AnsiPolicy
{
    /// <summary>Honours NO_COLOR (https://no-color.org) before anything is written; a script may still choose otherwise.</summary>
    public static void ApplyEnvironment()
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }
    }

    /// <summary>Whether a stream may carry escape sequences.</summary>
    public static bool Allows(bool streamIsTerminal) => PSStyle.Instance.OutputRendering switch
    {
        OutputRendering.PlainText => false,
        OutputRendering.Ansi => true,
        _ => streamIsTerminal && Terminal.UnderstandsAnsi,
    };

    /// <summary>The text as the stream may carry it.</summary>
    public static string Render(string text, bool streamIsTerminal) =>
        text.Contains('\x1b', StringComparison.Ordinal) && !Allows(streamIsTerminal)
            ? new StringDecorated(text).ToString(OutputRendering.PlainText)
            : text;
}
