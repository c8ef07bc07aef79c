using AgentFlow.Faults;

namespace AgentFlow.Sandbox;

/// <summary>Finds the program that runs the sandbox.</summary>
public static class DotnetHost
{
    /// <summary>The dotnet program in the first folder that holds it.</summary>
    /// <exception cref="AfFaultException">AfSandboxRuntimeMissing.</exception>
    public static string Find(IEnumerable<string> folders)
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw new AfFaultException(
            FaultKind.InvalidState, FaultId.SandboxRuntimeMissing, "The sandbox needs the dotnet host, and none was found.", "Install the .NET 10 SDK or the ASP.NET Core 10 runtime, and see that dotnet is on PATH.");
    }
}
