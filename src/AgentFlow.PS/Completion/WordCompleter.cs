using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes from a fixed list of the most usual words; any other word is accepted.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private readonly string[] _words;

    private protected WordCompleter(params string[] words) => _words = words;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _words.Where(word => word.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase)).Select(word => new CompletionResult(word));
}
