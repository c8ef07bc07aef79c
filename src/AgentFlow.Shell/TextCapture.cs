using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;

namespace AgentFlow.Shell;

/// <summary>Collects what the engine's formatting writes, as plain lines, on the thread that made it.</summary>
internal sealed class TextCapture(TextCapture? outer, int? width, Action<TextCapture?> release) : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly StringBuilder _open = new();
    private readonly List<string> _lines = [];

    /// <summary>Columns to lay out for; null for the screen's.</summary>
    public int? Width => width;

    /// <summary>The caller is on the capturing thread.</summary>
    public bool OnThisThread => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Takes what was written.</summary>
    public void Add(string text, bool newLine)
    {
        _open.Append(new StringDecorated(text).ToString(OutputRendering.PlainText));
        if (newLine)
        {
            _lines.Add(_open.ToString());
            _open.Clear();
        }
    }

    /// <summary>Hands out the lines so far, an unfinished last one included.</summary>
    public IReadOnlyList<string> Take()
    {
        if (_open.Length > 0)
        {
            _lines.Add(_open.ToString());
            _open.Clear();
        }

        string[] taken = [.. _lines];
        _lines.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => release(outer);
}
