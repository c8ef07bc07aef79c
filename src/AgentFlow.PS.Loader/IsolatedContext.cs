using System.Reflection;
using System.Runtime.Loader;

namespace AgentFlow.PS.Loader;

/// <summary>The private home of the module's assemblies, rooted at its <c>lib</c> folder.</summary>
internal sealed class IsolatedContext(string root) : AssemblyLoadContext("AgentFlow.PS")
{
    // Native libraries are found by runtime identifier; the resolver reads deps.json, which an import alone does not need.
    private readonly Lazy<AssemblyDependencyResolver> _resolver = new(() => new(Path.Combine(root, "AgentFlow.PS.dll")));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(root, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => _resolver.Value.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
        ? LoadUnmanagedDllFromPath(path)
        : IntPtr.Zero;
}
