using System.Management.Automation;

namespace AgentFlow.Shell.Commands;

/// <summary>Stands in for a cmdlet that pwsh has and this shell has not: takes any arguments and refuses with an explanation.</summary>
public sealed class AbsentCommand : PSCmdlet
{
    /// <summary>Whatever the caller gave.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    [AllowNull]
    public object?[]? Arguments { get; set; }

    /// <summary>Anything piped.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string name = MyInvocation.MyCommand.Name;
        ThrowTerminatingError(new(
            new CommandNotFoundException(AbsentCommands.Explain(name)) { CommandName = name },
            nameof(CommandNotFoundException),
            ErrorCategory.ObjectNotFound,
            name));
    }
}
