using System.Management.Automation;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Help;

/// <summary>Every example of the help runs as it is printed, connected to a healthy sandbox.</summary>
public sealed class ExampleTests(ExampleTests.World world) : IClassFixture<ExampleTests.World>
{
    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_runs(string cmdlet, int number, string code)
    {
        string folder = Directory.CreateTempSubdirectory("af-example-").FullName;
        using EngineSession session = new();
        try
        {
            EngineResult connected = session.Run(
                "param($folder, $config) $ExecutionContext.SessionState.Path.SetLocation($folder) | Out-Null; Connect-AfContext $config | Out-Null",
                ("folder", folder),
                ("config", world.Session.ConfigPath));
            Assert.Empty(connected.Errors);
            EngineResult result = session.Run("$ConfirmPreference = 'None'\n" + code);
            Assert.True(result.Errors.Count == 0, $"{cmdlet} example {number}: {(result.Errors.Count > 0 ? result.Errors[0].ToString() : string.Empty)}\n{code}");
        }
        finally
        {
            session.Run("Stop-AfSandbox -Confirm:$false");
            Directory.Delete(folder, recursive: true);
        }
    }

    public static TheoryData<string, int, string> Examples()
    {
        TheoryData<string, int, string> data = new();
        using EngineSession session = new();
        DocComments docs = new();
        foreach (CmdletInfo cmdlet in session.Run("Get-Command -Module AgentFlow.PS").Output.Select(item => (CmdletInfo)item.BaseObject))
        {
            int number = 0;
            foreach ((string code, string _) in docs.Examples(cmdlet.ImplementingType))
            {
                data.Add(cmdlet.Name, ++number, code);
            }
        }

        return data;
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new(database: true);

        public void Dispose() => Session.Dispose();
    }
}
