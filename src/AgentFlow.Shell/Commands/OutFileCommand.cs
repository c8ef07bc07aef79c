using System.Management.Automation;
using System.Text;

namespace AgentFlow.Shell.Commands;

/// <summary>Out-File: what formatting would show, into a file in UTF-8 without a byte order mark.</summary>
[Cmdlet(VerbsData.Out, "File")]
public sealed class OutFileCommand : TextOutputCommand, IDisposable
{
    private StreamWriter? _file;

    /// <summary>The file; it is replaced unless -Append is given.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path", "LiteralPath")]
    public string FilePath { get; set; } = string.Empty;

    /// <summary>Adds to the file's end.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>An existing file is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>No line ends.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
        _file?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(FilePath);
        FileMode mode = Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create;
        try
        {
            _file = new(new FileStream(path, mode, FileAccess.Write, FileShare.Read), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new(error, "FileOpenFailure", ErrorCategory.OpenError, FilePath));
        }

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void WriteLines(IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            _file!.Write(NoNewline ? line : line + Environment.NewLine);
        }
    }
}
