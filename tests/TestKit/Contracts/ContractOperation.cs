using System.Text.Json.Nodes;

namespace AgentFlow.TestKit.Contracts;

/// <summary>One operation of a published contract.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Path">The template, <c>/v9/projects/{idOrName}</c>.</param>
/// <param name="Definition">Its object in the document.</param>
public sealed record ContractOperation(string Method, string Path, JsonObject Definition)
{
    public string Id => Definition["operationId"]?.GetValue<string>() ?? $"{Method} {Path}";

    /// <summary>Values of the template's parameters in a raw path, still percent-encoded; null when the path is not of this template.</summary>
    /// <param name="path">Raw path.</param>
    /// <param name="lastTakesRest">Whether a parameter at the end may contain slashes.</param>
    public IReadOnlyDictionary<string, string>? Match(string path, bool lastTakesRest)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] template = Path.Split('/');
        string[] given = path.Split('/');
        bool isParameter = template[^1].StartsWith('{');
        if (given.Length > template.Length && lastTakesRest && isParameter)
        {
            given = [.. given[..(template.Length - 1)], string.Join('/', given[(template.Length - 1)..])];
        }

        if (given.Length != template.Length)
        {
            return null;
        }

        Dictionary<string, string> values = [];
        for (int i = 0; i < template.Length; i++)
        {
            if (template[i].StartsWith('{') && template[i].EndsWith('}'))
            {
                if (given[i].Length == 0)
                {
                    return null;
                }

                values[template[i][1..^1]] = given[i];
            }
            else if (template[i] != given[i])
            {
                return null;
            }
        }

        return values;
    }
}
