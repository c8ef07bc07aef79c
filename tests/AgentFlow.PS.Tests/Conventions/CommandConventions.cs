using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Conventions;

/// <summary>Laws of the public surface, checked on the packed module.</summary>
public sealed class CommandConventions : IDisposable
{
    // Verbs whose commands change something outside the session and so must ask ShouldProcess.
    private static readonly HashSet<string> s_writers = ["Complete", "Invoke", "New", "Publish", "Remove", "Resume", "Save", "Set", "Start", "Stop", "Undo", "Lock", "Unlock", "Close"];
    private static readonly HashSet<string> s_readers = ["Get", "Test", "Find", "Trace", "Measure", "Assert", "Wait"];

    // Find-AfSecret only reads, but -Verify shows a value to its provider and -AcceptReason writes the baseline.
    private static readonly HashSet<string> s_asking = ["Find-AfSecret"];

    private readonly EngineSession _session = new();
    private readonly IReadOnlyList<CmdletInfo> _cmdlets;
    private readonly Assembly _assembly;

    public CommandConventions()
    {
        _cmdlets = [.. _session.Run("Get-Command -Module AgentFlow.PS").Output.Select(item => (CmdletInfo)item.BaseObject)];
        _assembly = _cmdlets[0].ImplementingType.Assembly;
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlet_classes()
    {
        IEnumerable<string> classes = _assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>())
            .Where(attribute => attribute is not null)
            .Select(attribute => $"{attribute!.VerbName}-{attribute.NounName}");
        object[] exported = (object[])((System.Collections.Hashtable)_session.Run(
            "param($path) [System.Management.Automation.Language.Parser]::ParseFile($path, [ref]$null, [ref]$null).Find({ param($n) $n -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()",
            ("path", PackedModule.Manifest)).Output[0].BaseObject)["CmdletsToExport"]!;
        Assert.Equal(classes.Order(StringComparer.Ordinal), exported.Cast<string>().Order(StringComparer.Ordinal));
        Assert.Equal(exported.Cast<string>(), exported.Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_is_sealed_named_for_its_class_and_has_an_approved_verb()
    {
        HashSet<string> verbs = [.. _session.Run("Get-Verb | ForEach-Object Verb").Output.Select(verb => verb.ToString())];
        if (verbs.Count == 0)
        {
            // Get-Verb is a Utility command; the engine's own list is in the Verbs classes.
            verbs = [.. typeof(Cmdlet).Assembly.GetTypes().Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
                .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetValue(null)!)];
        }

        foreach (CmdletInfo cmdlet in _cmdlets)
        {
            Type type = cmdlet.ImplementingType;
            Assert.True(type.IsSealed, cmdlet.Name);
            Assert.True(type.Name == $"{cmdlet.Verb}{cmdlet.Noun}Command", type.Name);
            Assert.StartsWith("Af", cmdlet.Noun, StringComparison.Ordinal);
            Assert.Contains(cmdlet.Verb, verbs);
            Assert.Contains(Bases(type), name => name == "AgentFlow.Cmdlets.Pipeline.AfCmdlet");
        }
    }

    [Fact]
    public void Readers_have_no_ShouldProcess_and_writers_have_it()
    {
        foreach (CmdletInfo cmdlet in _cmdlets)
        {
            bool asks = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess;
            Assert.True(!asks || cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact != ConfirmImpact.None, $"{cmdlet.Name} asks, but at no level.");
            Assert.False(asks && s_readers.Contains(cmdlet.Verb) && !s_asking.Contains(cmdlet.Name), $"{cmdlet.Name} reads and must not ask.");
            Assert.False(!asks && s_writers.Contains(cmdlet.Verb), $"{cmdlet.Name} writes and must ask.");
        }
    }

    [Fact]
    public void Secrets_enter_only_as_SecureString_or_credential()
    {
        string[] suspicious = ["password", "secret", "token", "apikey", "privatekey"];
        foreach (ParameterMetadata parameter in _cmdlets.SelectMany(cmdlet => cmdlet.Parameters.Values))
        {
            if (suspicious.Any(word => parameter.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                Assert.True(
                    parameter.ParameterType == typeof(System.Security.SecureString) || parameter.ParameterType == typeof(System.Security.SecureString[])
                    || parameter.ParameterType == typeof(PSCredential) || parameter.ParameterType == typeof(SwitchParameter),
                    $"-{parameter.Name} is a {parameter.ParameterType.Name}");
            }
        }
    }

    [Fact]
    public void Records_hold_only_types_of_the_platform_and_of_the_core()
    {
        Assembly core = _cmdlets.SelectMany(cmdlet => cmdlet.OutputType).Select(output => output.Type).First(type => type?.FullName == "AgentFlow.CheckResult")!.Assembly;
        List<string> wrong = [];
        foreach (Type type in _cmdlets.SelectMany(cmdlet => cmdlet.OutputType).Select(output => output.Type).Where(type => type is not null && type.Assembly == core).Distinct())
        {
            wrong.AddRange(type.GetProperties().Where(property => Parts(property.PropertyType).Any(part => part.Assembly != core && part.Assembly != typeof(object).Assembly && part.Assembly != typeof(Uri).Assembly)).Select(property => $"{type.Name}.{property.Name} is a {property.PropertyType}"));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_public_shows_a_library()
    {
        string[] known = ["AgentFlow.Core", "AgentFlow.PS", "System.Management.Automation"];
        IEnumerable<Type> shown = _assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(member => member switch
            {
                PropertyInfo property => Parts(property.PropertyType),
                FieldInfo field => Parts(field.FieldType),
                MethodInfo method => Parts(method.ReturnType).Concat(method.GetParameters().SelectMany(parameter => Parts(parameter.ParameterType))),
                _ => [],
            });
        Assert.Empty(shown.Where(type => !known.Contains(type.Assembly.GetName().Name) && !IsPlatform(type)).Select(type => type.FullName).Distinct());
    }

    [Fact]
    public void Every_output_record_is_immutable_and_has_a_view()
    {
        HashSet<string> viewed = [.. XDocument.Load(Path.Combine(PackedModule.Folder, "AgentFlow.PS.Format.ps1xml")).Descendants("TypeName").Select(name => name.Value)];
        List<string> wrong = [];
        foreach (CmdletInfo cmdlet in _cmdlets)
        {
            if (cmdlet.OutputType.Count == 0)
            {
                wrong.Add($"{cmdlet.Name} has no OutputType");
            }

            foreach (Type type in cmdlet.OutputType.Select(output => output.Type).Where(type => type?.Namespace?.StartsWith("AgentFlow", StringComparison.Ordinal) == true))
            {
                if (!viewed.Contains(type.FullName!))
                {
                    wrong.Add($"{type.FullName} has no view");
                }

                wrong.AddRange(type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } setter && !IsInit(setter)).Select(property => $"{type.Name}.{property.Name} can be set"));
            }
        }

        Assert.Empty(wrong.Distinct());
    }

    public void Dispose() => _session.Dispose();

    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()),
        { IsGenericParameter: true } => [],
        _ => [type],
    };

    private static bool IsPlatform(Type type) => type.Assembly.GetName().Name is { } name && (name == "System.Private.CoreLib" || (name.StartsWith("System.", StringComparison.Ordinal) && Path.GetDirectoryName(type.Assembly.Location) == Path.GetDirectoryName(typeof(object).Assembly.Location)));

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static IEnumerable<string> Bases(Type type)
    {
        for (Type? at = type.BaseType; at is not null; at = at.BaseType)
        {
            yield return at.FullName!;
        }
    }
}
