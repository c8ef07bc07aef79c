using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using System.Text;

namespace AgentFlow.Shell;

/// <summary>The options of one choice with their hot keys, which labels mark with an ampersand.</summary>
internal sealed class ChoiceKeys
{
    private readonly List<(string Key, string Label, string Help)> _choices = [];
    private readonly int _default;

    /// <summary>Reads the labels; <paramref name="defaultChoice"/> is -1 for none.</summary>
    public ChoiceKeys(Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _default = defaultChoice;
        foreach (ChoiceDescription choice in choices)
        {
            int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
            string key = mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant() : string.Empty;
            _choices.Add((key, mark >= 0 ? choice.Label.Remove(mark, 1) : choice.Label, choice.HelpMessage));
        }
    }

    /// <summary>The question's last line: <c>[Y] Yes  [N] No  [?] Help (default is "Y"): </c>, the default in the accent.</summary>
    public string Line(string accent, string reset)
    {
        StringBuilder line = new();
        for (int i = 0; i < _choices.Count; i++)
        {
            string text = $"[{Name(i)}] {_choices[i].Label}";
            line.Append(i == _default ? accent + text + reset : text).Append("  ");
        }

        line.Append("[?] Help");
        if (_default >= 0)
        {
            line.Append(" (default is \"").Append(Name(_default)).Append("\")");
        }

        return line.Append(": ").ToString();
    }

    /// <summary>One line per option for the answer "?".</summary>
    public IEnumerable<string> Help() => _choices.Select((choice, i) => $"{Name(i)} - {choice.Help}");

    /// <summary>The option that the answer names by key or label; the default for an empty answer; -1 for anything else.</summary>
    public int Find(string answer) =>
        answer.Length == 0
            ? _default
            : _choices.FindIndex(choice => Equal(answer, choice.Key) || Equal(answer, choice.Label));

    private static bool Equal(string answer, string name) => name.Length > 0 && string.Equals(answer, name, StringComparison.OrdinalIgnoreCase);

    private string Name(int index) => _choices[index].Key is { Length: > 0 } key ? key : _choices[index].Label;
}
