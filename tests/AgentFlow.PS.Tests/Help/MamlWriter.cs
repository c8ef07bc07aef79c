using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AgentFlow.PS.Tests.Help;

/// <summary>Writes the module's help file from the commands as the engine sees them and their docstrings.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly HashSet<string> s_common =
        [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters.Where(name => name is "WhatIf" or "Confirm")];

    public static string Write(IEnumerable<CmdletInfo> cmdlets, DocComments docs)
    {
        XElement items = new(
            XName.Get("helpItems", "http://msh"),
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            cmdlets.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).Select(cmdlet => Command(cmdlet, docs)));
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            items.WriteTo(writer);
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static XElement Command(CmdletInfo cmdlet, DocComments docs)
    {
        Type type = cmdlet.ImplementingType;
        IReadOnlyList<string> description = docs.Text(type, "remarks") is { Count: > 0 } remarks ? remarks : docs.Text(type, "summary");
        return new(
            s_command + "command",
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", cmdlet.Name),
                new XElement(s_command + "verb", cmdlet.Verb),
                new XElement(s_command + "noun", cmdlet.Noun),
                new XElement(s_maml + "description", Paragraphs(docs.Text(type, "summary")))),
            new XElement(s_maml + "description", Paragraphs(description)),
            new XElement(s_command + "syntax", cmdlet.ParameterSets.Select(set => SyntaxItem(cmdlet, set, docs))),
            new XElement(s_command + "parameters", Distinct(cmdlet).Select(parameter => Parameter(type, parameter, docs))),
            new XElement(s_command + "inputTypes", Inputs(cmdlet).Select(name => Typed("inputType", name))),
            new XElement(s_command + "returnValues", cmdlet.OutputType.Select(output => Typed("returnValue", output.Name))),
            new XElement(s_command + "examples", docs.Examples(type).Select((example, index) => Example(index + 1, example.Code, example.Remarks))),
            new XElement(s_command + "relatedLinks", new XElement(s_maml + "navigationLink", new XElement(s_maml + "linkText", "about_AgentFlow"), new XElement(s_maml + "uri"))));
    }

    private static XElement SyntaxItem(CmdletInfo cmdlet, CommandParameterSetInfo set, DocComments docs) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        set.Parameters.Where(parameter => !s_common.Contains(parameter.Name)).Select(parameter => Parameter(cmdlet.ImplementingType, parameter, docs)));

    private static IEnumerable<CommandParameterInfo> Distinct(CmdletInfo cmdlet) => cmdlet.ParameterSets
        .SelectMany(set => set.Parameters)
        .Where(parameter => !s_common.Contains(parameter.Name))
        .DistinctBy(parameter => parameter.Name)
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    private static XElement Parameter(Type type, CommandParameterInfo parameter, DocComments docs) => new(
        s_command + "parameter",
        new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
        new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
        new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false"),
        new XAttribute("pipelineInput", Pipeline(parameter)),
        new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(s_maml + "name", parameter.Name),
        new XElement(s_maml + "description", new XElement(s_maml + "para", docs.Parameter(type, parameter.Name) ?? string.Empty)),
        parameter.ParameterType == typeof(SwitchParameter) ? null : new XElement(s_command + "parameterValue", new XAttribute("required", "true"), Display(parameter.ParameterType)),
        new XElement(s_dev + "type", new XElement(s_maml + "name", Display(parameter.ParameterType))));

    private static string Pipeline(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string Display(Type type) => type.IsArray
        ? Display(type.GetElementType()!) + "[]"
        : Nullable.GetUnderlyingType(type) is { } inner ? Display(inner) : type.Name;

    private static IEnumerable<string> Inputs(CmdletInfo cmdlet) => Distinct(cmdlet)
        .Where(parameter => parameter.ValueFromPipeline)
        .Select(parameter => parameter.ParameterType.FullName!)
        .Distinct();

    private static XElement Typed(string element, string name) => new(s_command + element, new XElement(s_dev + "type", new XElement(s_maml + "name", name)));

    private static XElement Example(int number, string code, string remarks) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"-------------------------- Example {number} --------------------------"),
        new XElement(s_dev + "code", code),

        // The empty paragraph keeps the next title apart.
        new XElement(s_dev + "remarks", new XElement(s_maml + "para", remarks), new XElement(s_maml + "para")));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(text => new XElement(s_maml + "para", text));
}
