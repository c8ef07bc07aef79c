using System.Management.Automation;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Help;

/// <summary>Holds the shipped help against the code. AGENTFLOW_UPDATE=1 rewrites it instead.</summary>
public sealed class HelpTests
{
    private static readonly string s_file = Path.Combine(PackedModule.Repository, "en-US", "AgentFlow.PS.dll-Help.xml");

    public static bool Update => Environment.GetEnvironmentVariable("AGENTFLOW_UPDATE") == "1";

    [Fact]
    public void The_shipped_help_is_what_the_code_says()
    {
        using EngineSession session = new();
        string expected = MamlWriter.Write(Cmdlets(session), new());
        if (Update)
        {
            File.WriteAllText(s_file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(s_file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_cmdlet_and_parameter_is_described_and_has_two_examples()
    {
        using EngineSession session = new();
        DocComments docs = new();
        List<string> missing = [];
        foreach (CmdletInfo cmdlet in Cmdlets(session))
        {
            if (docs.Text(cmdlet.ImplementingType, "summary").Count == 0)
            {
                missing.Add($"{cmdlet.Name}: summary");
            }

            if (docs.Examples(cmdlet.ImplementingType).Count(example => example.Code.Contains(cmdlet.Name, StringComparison.OrdinalIgnoreCase) && example.Remarks.Length > 0) < 2)
            {
                missing.Add($"{cmdlet.Name}: two examples with an explanation");
            }

            missing.AddRange(cmdlet.Parameters.Values
                .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name))
                .Where(parameter => string.IsNullOrWhiteSpace(docs.Parameter(cmdlet.ImplementingType, parameter.Name)))
                .Select(parameter => $"{cmdlet.Name} -{parameter.Name}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Get_Help_finds_the_shipped_help()
    {
        using EngineSession session = new();
        EngineResult result = session.Run("(Get-Help Connect-AfContext -Full).examples.example.Count; (Get-Help about_AgentFlow).Length");
        Assert.Empty(result.Errors);
        Assert.True((int)result.Output[0].BaseObject >= 2);
        Assert.True(Convert.ToInt32(result.Output[1].BaseObject, System.Globalization.CultureInfo.InvariantCulture) > 200);
    }

    private static IReadOnlyList<CmdletInfo> Cmdlets(EngineSession session) =>
        [.. session.Run("Get-Command -Module AgentFlow.PS").Output.Select(item => (CmdletInfo)item.BaseObject)];
}
