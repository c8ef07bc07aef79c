using System.Management.Automation;

namespace AgentFlow.Shell.Commands;

/// <summary>
/// Renders objects to plain lines by the engine's own formatting. The language itself calls Out-File (<c>&gt; file</c>) and Out-String
/// (objects piped to a native program), so a shell without them would not have the whole language.
/// </summary>
public abstract class TextOutputCommand : PSCmdlet, IDisposable
{
    private SteppablePipeline? _formatting;

    /// <summary>What to render.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Columns to lay out for.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _formatting?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is string text)
        {
            // Formatting would wrap long text at the width; text passes as it is, after what formatting still holds.
            EndFormatting();
            WriteLines(text.ReplaceLineEndings("\n").Split('\n'));
        }
        else if (InputObject is not null)
        {
            if (_formatting is null)
            {
                _formatting = ScriptBlock.Create("Out-Default").GetSteppablePipeline();
                Render(formatting => formatting.Begin(true));
            }

            Render(formatting => formatting.Process(InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => EndFormatting();

    /// <summary>Receives the lines as they become final.</summary>
    protected abstract void WriteLines(IReadOnlyList<string> lines);

    private void EndFormatting()
    {
        if (_formatting is not null)
        {
            Render(static formatting => formatting.End());
            _formatting.Dispose();
            _formatting = null;
        }
    }

    private void Render(Action<SteppablePipeline> step)
    {
        ShellHostUI ui = ShellHostUI.Active ?? throw new InvalidOperationException("There is no shell to lay out for.");
        using TextCapture capture = ui.Capture(Width);
        step(_formatting!);
        IReadOnlyList<string> lines = capture.Take();
        if (lines.Count > 0)
        {
            WriteLines(lines);
        }
    }
}
