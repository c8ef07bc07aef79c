using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace AgentFlow.PS.Loader;

/// <summary>
/// Runs first when the module is imported and answers for exactly two assembly names, so that every dependency of the module
/// lives in a context of its own and cannot collide with what the session or another module has loaded.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private static readonly Lazy<IsolatedContext> s_context = new(() =>
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "lib")));

    private static int s_hooked;

    /// <inheritdoc/>
    public void OnImport()
    {
        // The hook stays for the life of the process: another runspace may still hold the module when this one removes it.
        if (Interlocked.Exchange(ref s_hooked, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) => name.Name is "AgentFlow.PS" or "AgentFlow.Core"
        ? s_context.Value.LoadFromAssemblyName(name)
        : null;
}
