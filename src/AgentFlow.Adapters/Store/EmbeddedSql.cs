using System.Reflection;

namespace AgentFlow.Adapters.Store;

/// <summary>SQL that is embedded beside the adapter that runs it.</summary>
internal static class EmbeddedSql
{
    /// <summary>The text of the one embedded file whose name ends so.</summary>
    public static string Read(string fileName)
    {
        Assembly assembly = typeof(EmbeddedSql).Assembly;
        string resource = assembly.GetManifestResourceNames().Single(name => name.EndsWith("." + fileName, StringComparison.Ordinal));
        using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
