using System.Text;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>The shipped page of rules says what the table says. AGENTFLOW_UPDATE=1 writes it anew.</summary>
public sealed class RulePageTests
{
    private const int Width = 78;
    private const string Begin = "RULES";

    private static readonly string s_page = Path.Combine(Root(), "en-US", "about_AgentFlow_Redaction.help.txt");

    [Fact]
    public void The_page_lists_every_rule_of_the_table()
    {
        string shipped = File.ReadAllText(s_page).ReplaceLineEndings("\n");
        string head = shipped[..(shipped.IndexOf($"\n{Begin}\n", StringComparison.Ordinal) + 1)];
        string made = head + List() + "SEE ALSO\n    about_AgentFlow\n    about_AgentFlow_Errors\n";
        if (Environment.GetEnvironmentVariable("AGENTFLOW_UPDATE") == "1")
        {
            File.WriteAllText(s_page, made);
            return;
        }

        Assert.Equal(made, shipped);
    }

    [Fact]
    public void No_line_of_the_page_is_wider_than_a_console() =>
        Assert.All(File.ReadAllLines(s_page), line => Assert.True(line.Length <= 80, line));

    private static string List()
    {
        StringBuilder page = new($"{Begin}\n    {RedactionRules.Table.Count} rules. The name stands in the placeholder.\n");
        foreach (IGrouping<RedactionClass, RedactionRule> group in RedactionRules.Table.GroupBy(r => r.Class).OrderBy(g => g.Key))
        {
            page.Append('\n').Append(' ', 4).Append(Heading(group.Key)).Append('\n');
            foreach (RedactionRule rule in group.OrderBy(r => r.Name, StringComparer.Ordinal))
            {
                page.Append(Wrapped(rule.Name, rule.Summary));
            }
        }

        return page.Append('\n').ToString();
    }

    private static string Heading(RedactionClass kind) => kind switch
    {
        RedactionClass.Token => "Tokens: their own text gives them away",
        RedactionClass.Structured => "Secrets that their surroundings give away",
        RedactionClass.Pii => "Personal data",
        RedactionClass.Address => "Network addresses, on request",
        _ => "Values of this session",
    };

    private static string Wrapped(string name, string summary)
    {
        StringBuilder text = new();
        StringBuilder line = new($"        {name,-28} ");
        foreach (string word in summary.Split(' '))
        {
            if (line.Length + word.Length > Width)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', 37);
            }

            line.Append(word).Append(' ');
        }

        return text.Append(line.ToString().TrimEnd()).Append('\n').ToString();
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentFlow.PS.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found above the tests.");
    }
}
