using System.Xml.Linq;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Help;

/// <summary>The docstrings of the cmdlets, as the compiler wrote them: the one source of the help.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    public DocComments()
    {
        string path = Path.Combine(PackedModule.Repository, "src", "AgentFlow.PS", "bin", "Release", "net10.0", "AgentFlow.PS.xml");
        _members = XDocument.Load(path).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);
    }

    /// <summary>Paragraphs of the summary or remarks of a type; empty when it has none.</summary>
    public IReadOnlyList<string> Text(Type type, string tag) => Paragraphs(_members.GetValueOrDefault($"T:{type.FullName}")?.Element(tag));

    /// <summary>Summary of a parameter, looked for from the leaf to its bases; null when it has none.</summary>
    public string? Parameter(Type type, string name)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            if (_members.TryGetValue($"P:{at.FullName}.{name}", out XElement? member))
            {
                return string.Join(' ', Paragraphs(member.Element("summary")));
            }
        }

        return null;
    }

    /// <summary>Examples of a cmdlet: its code and what it shows.</summary>
    public IReadOnlyList<(string Code, string Remarks)> Examples(Type type) =>
        [.. (_members.GetValueOrDefault($"T:{type.FullName}")?.Elements("example") ?? []).Select(example =>
            (Unindent((string?)example.Element("code") ?? string.Empty), Fold(string.Concat(example.Nodes().OfType<XText>().Select(text => text.Value)))))];

    private static IReadOnlyList<string> Paragraphs(XElement? element) => element is null
        ? []
        : element.Elements("para").Any() ? [.. element.Elements("para").Select(Inline)] : [Inline(element)];

    private static string Inline(XElement element) => Fold(string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? string.Empty).Split('.', ':')[^1],
        XElement inner => inner.Value,
        _ => string.Empty,
    })));

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Unindent(string code)
    {
        string[] lines = code.Trim('\r', '\n').TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : line.Trim()));
    }
}
