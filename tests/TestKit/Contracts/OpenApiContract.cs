using System.Text.Json.Nodes;

namespace AgentFlow.TestKit.Contracts;

/// <summary>A published OpenAPI 3.0 document, and newer response schemas that are accepted beside it.</summary>
public sealed class OpenApiContract
{
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private readonly List<ContractOperation> _operations = [];

    private OpenApiContract(ContractNotes notes, JsonObject document, JsonObject newer)
    {
        (Notes, Newer, Schemas) = (notes, newer, new(document));
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in item!.AsObject().Where(pair => s_methods.Contains(pair.Key)))
            {
                _operations.Add(new(method.ToUpperInvariant(), path, operation!.AsObject()));
            }
        }
    }

    public ContractNotes Notes { get; }

    public IReadOnlyList<ContractOperation> Operations => _operations;

    /// <summary>Response schemas by name (<c>GetDeploymentResponseBody</c>) of a later version.</summary>
    public JsonObject Newer { get; }

    internal SchemaSet Schemas { get; }

    /// <summary>Vercel's contract in the shared folder.</summary>
    public static OpenApiContract Vercel() => Load(ContractNotes.Vercel, "vercel.openapi.json", "vercel.responses.2026-08.schemas.json");

    /// <summary>GitHub's contract in the shared folder.</summary>
    public static OpenApiContract GitHub() => Load(ContractNotes.GitHub, "github.openapi.json", null);

    /// <summary>Stripe's contract in the shared folder.</summary>
    public static OpenApiContract Stripe() => Load(ContractNotes.Stripe, "stripe.openapi.json", null);

    /// <summary>Supabase's Management API in the shared folder.</summary>
    public static OpenApiContract Supabase() => Load(ContractNotes.Supabase, "supabase.openapi.json", null);

    /// <summary>Any document, for a contract that has no method here yet.</summary>
    public static OpenApiContract Parse(ContractNotes notes, string document, string? newer = null) =>
        new(notes, JsonNode.Parse(document)!.AsObject(), newer is null ? [] : JsonNode.Parse(newer)!.AsObject());

    /// <summary>The operation of a raw path, the most literal template first; null when the contract has none.</summary>
    public (ContractOperation Operation, IReadOnlyDictionary<string, string> Path)? Find(string method, string path)
    {
        string known = Notes.Canonical(path);
        foreach (bool lastTakesRest in (ReadOnlySpan<bool>)[false, true])
        {
            (ContractOperation Operation, IReadOnlyDictionary<string, string> Path)[] found =
            [
                .. _operations.Where(operation => operation.Method == method && (!lastTakesRest || Notes.LastTakesRest(operation.Path)))
                    .Select(operation => (operation, operation.Match(known, lastTakesRest)))
                    .Where(pair => pair.Item2 is not null)
                    .Select(pair => (pair.operation, pair.Item2!))
                    .OrderBy(pair => pair.Item2.Count),
            ];
            if (found.Length > 0)
            {
                return found[0];
            }
        }

        return null;
    }

    private static OpenApiContract Load(ContractNotes notes, string file, string? newer)
    {
        if (SharedFolder.Path is null)
        {
            throw new InvalidOperationException(SharedFolder.Reason);
        }

        return Parse(notes, File.ReadAllText(SharedFolder.File("contracts", file)), newer is null ? null : File.ReadAllText(SharedFolder.File("contracts", newer)));
    }
}
