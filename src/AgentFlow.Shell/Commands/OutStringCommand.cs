using System.Management.Automation;
using System.Text;

namespace AgentFlow.Shell.Commands;

/// <summary>Out-String: what formatting would show, as one string or with -Stream as lines.</summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : TextOutputCommand
{
    private readonly StringBuilder _text = new();

    /// <summary>One string per line, as soon as it is known.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>No line ends between the lines.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void WriteLines(IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            if (Stream)
            {
                WriteObject(line);
            }
            else
            {
                _text.Append(line).Append(NoNewline ? string.Empty : Environment.NewLine);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!Stream)
        {
            WriteObject(_text.ToString());
        }
    }
}
