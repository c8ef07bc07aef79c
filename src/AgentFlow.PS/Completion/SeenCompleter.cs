using System.Buffers;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AgentFlow.Cmdlets.Session;

namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes from what this session has seen of one kind; never asks the network.</summary>
public abstract class SeenCompleter : IArgumentCompleter
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"$`();&|<>@#,{}");

    private readonly string _kind;

    private protected SeenCompleter(string kind) => _kind = kind;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete?.Trim('\'', '"') ?? string.Empty;
        return Names().Where(pair => pair.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(pair => new CompletionResult(Quote(pair.Key), pair.Key, CompletionResultType.ParameterValue, pair.Value));
    }

    private protected virtual IReadOnlyList<KeyValuePair<string, string>> Names() => RunspaceState.Current().Seen.Get(_kind);

    private static string Quote(string name) => name.AsSpan().ContainsAny(s_special) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'" : name;
}
