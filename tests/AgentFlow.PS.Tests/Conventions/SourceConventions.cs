using System.Text.RegularExpressions;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Conventions;

/// <summary>Laws of the source tree that no compiler checks.</summary>
public sealed partial class SourceConventions
{
    private static readonly string s_root = PackedModule.Repository;

    [Fact]
    public void No_file_is_above_400_lines() =>
        Assert.Empty(Sources("src", "tests").Where(file => File.ReadLines(file).Count() > 400).Select(Relative));

    [Fact]
    public void Files_hold_one_public_type_no_regions_and_no_rag_bag() =>
        Assert.Empty(Sources("src").Where(file =>
        {
            string text = File.ReadAllText(file);
            return PublicType().Count(text) > 1 || text.Contains("#region", StringComparison.Ordinal) || RagBag().IsMatch(Path.GetFileNameWithoutExtension(file));
        }).Select(Relative));

    [Fact]
    public void The_core_and_the_adapters_do_not_know_who_calls_them() =>
        Assert.Empty(Sources("src/AgentFlow.Core").Where(file => Regex.IsMatch(File.ReadAllText(file), @"(?m)^using (AgentFlow\.(Adapters|Cmdlets)|System\.Net\.Http|System\.Data|Npgsql|Octokit|Stripe|Amazon)"))
            .Concat(Sources("src/AgentFlow.Adapters").Where(file => File.ReadAllText(file).Contains("AgentFlow.Cmdlets", StringComparison.Ordinal)))
            .Select(Relative));

    [Fact]
    public void Only_the_composition_knows_the_adapters() =>
        Assert.Empty(Sources("src/AgentFlow.PS").Where(file => Path.GetFileName(file) != "Composition.cs" && File.ReadAllText(file).Contains("AgentFlow.Adapters", StringComparison.Ordinal)).Select(Relative));

    [Fact]
    public void The_engine_stays_out_of_the_core_and_the_adapters() =>
        Assert.Empty(Sources("src/AgentFlow.Core", "src/AgentFlow.Adapters", "src/AgentFlow.Sandbox").Where(file => File.ReadAllText(file).Contains("System.Management.Automation", StringComparison.Ordinal)).Select(Relative));

    [Fact]
    public void The_core_references_the_base_class_library_only()
    {
        string project = File.ReadAllText(Path.Combine(s_root, "src", "AgentFlow.Core", "AgentFlow.Core.csproj"));
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void Sql_over_three_lines_lives_in_sql_files() =>
        Assert.Empty(Sources("src/AgentFlow.Core", "src/AgentFlow.Adapters")
            .SelectMany(file => LongLiteral().Matches(File.ReadAllText(file)).Where(match => SqlWord().IsMatch(match.Value) && match.Value.Count(c => c == '\n') > 4).Select(_ => Relative(file))));

    [Fact]
    public void Every_fault_id_is_documented_and_raised_in_a_test()
    {
        string ids = File.ReadAllText(Path.Combine(s_root, "src", "AgentFlow.Core", "Faults", "FaultId.cs"));
        string topic = File.ReadAllText(Path.Combine(s_root, "en-US", "about_AgentFlow_Errors.help.txt"));
        string tests = string.Concat(Sources("tests").Where(file => Path.GetFileName(file) != "SourceConventions.cs").Select(File.ReadAllText));
        List<string> wrong = [];
        foreach (Match match in Id().Matches(ids))
        {
            (string name, string id) = (match.Groups[1].Value, match.Groups[2].Value);
            if (id != "Af" + name)
            {
                wrong.Add($"{name} is not Af{name}");
            }

            if (!Regex.IsMatch(topic, $@"(?m)^\s*{id}\b"))
            {
                wrong.Add($"{id} is not documented");
            }

            if (!Regex.IsMatch(tests, $@"FaultId\.{name}\b|""{id}\b"))
            {
                wrong.Add($"{id} is raised in no test");
            }
        }

        foreach (Match match in Topic().Matches(topic))
        {
            if (!ids.Contains($"\"{match.Groups[1].Value}\"", StringComparison.Ordinal))
            {
                wrong.Add($"{match.Groups[1].Value} is documented but does not exist");
            }
        }

        Assert.Empty(wrong);
    }

    // What no child process is given cannot stand in its command line or its environment.
    [Fact]
    public void Only_the_sandbox_and_git_are_started_as_a_process() =>
        Assert.Equal(
            [Path.Combine("src", "AgentFlow.Adapters", "Git", "GitProcess.cs"), Path.Combine("src", "AgentFlow.PS", "Sandbox", "SandboxLauncher.cs")],
            Sources("src/AgentFlow.Core", "src/AgentFlow.Adapters", "src/AgentFlow.PS").Where(file => Regex.IsMatch(File.ReadAllText(file), @"\bProcessStartInfo\b|\bProcess\.Start\b")).Select(Relative));

    [Fact]
    public void Completers_touch_no_network() =>
        Assert.Empty(Sources("src/AgentFlow.PS/Completion").Where(file => Regex.IsMatch(File.ReadAllText(file), @"System\.Net|Composition|HttpClient|Socket")).Select(Relative));

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(s_root, file);

    [GeneratedRegex("\"\"\"[^\"]*?\"\"\"", RegexOptions.Singleline)]
    private static partial Regex LongLiteral();

    [GeneratedRegex(@"\b(select|insert into|update|delete from|create table)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SqlWord();

    [GeneratedRegex("const string (\\w+) = \"(\\w+)\"")]
    private static partial Regex Id();

    [GeneratedRegex(@"(?m)^public (sealed |static |abstract |partial |readonly |unsafe )*(class|record|struct|enum|interface) ")]
    private static partial Regex PublicType();

    [GeneratedRegex("(Util|Utils|Helper|Helpers|Manager|Common)$")]
    private static partial Regex RagBag();

    [GeneratedRegex(@"(?m)^    (Af[A-Z]\w+)")]
    private static partial Regex Topic();
}
