using AgentFlow.Faults;
using AgentFlow.Sandbox;

namespace AgentFlow.Core.Tests.Rehearsal;

public sealed class DotnetHostTests
{
    [Fact]
    public void A_machine_without_dotnet_is_told_what_to_install()
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => DotnetHost.Find([Path.Combine(Path.GetTempPath(), "af-no-such-folder")]));
        Assert.Equal(FaultId.SandboxRuntimeMissing, fault.Id);
        Assert.Contains(".NET 10", fault.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_folder_that_holds_it_wins()
    {
        string folder = Directory.CreateTempSubdirectory("af-dotnet-").FullName;
        try
        {
            string program = Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            File.WriteAllText(program, string.Empty);
            Assert.Equal(program, DotnetHost.Find([Path.Combine(folder, "none"), folder]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
