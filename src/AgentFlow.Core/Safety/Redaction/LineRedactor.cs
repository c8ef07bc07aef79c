using AgentFlow.Safety.Redaction;

namespace AgentFlow.Safety;

/// <summary>
/// Redacts strings that are the lines of one text and come one by one: what only the lines before give away (the body of a key block, a
/// wrapped token, a value below its name) is hidden too. A line is given at once unless its end may be the first part of something that
/// only the next line shows; then it waits for that line. Not safe for concurrent use.
/// </summary>
public sealed class LineRedactor
{
    private readonly RedactionSession _session;
    private readonly LineWindow _window;

    /// <summary>Starts at the beginning of a text.</summary>
    public LineRedactor(RedactionSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = session;
        _window = new(session);
    }

    /// <summary>Takes the next line; gives every line that is decided now, oldest first. A clean line is given as the same reference.</summary>
    public IReadOnlyList<string> Push(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            IReadOnlyList<Finding> findings = _window.Push(line);
            return LineHold.Holds(_session, _window, findings) ? [] : _window.Release(findings);
        }
        catch (Exception)
        {
            // Closed, not open: what could not be judged does not pass.
            return _window.Blank();
        }
    }

    /// <summary>The text is over: gives the lines that waited and forgets everything.</summary>
    public IReadOnlyList<string> Flush()
    {
        try
        {
            return _window.Release(_window.Scan(), forget: true);
        }
        catch (Exception)
        {
            return _window.Blank();
        }
    }
}
