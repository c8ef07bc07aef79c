using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using AgentFlow.Configuration;
using AgentFlow.TestKit;

namespace AgentFlow.Core.Tests.Configuration;

/// <summary>Holds the shipped JSON schema against the config records. AGENTFLOW_UPDATE=1 rewrites it instead.</summary>
public sealed class SchemaTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Fact]
    public void The_shipped_schema_is_what_the_records_say()
    {
        string path = Path.Combine(PackedModule.Repository, "module", "agentflow.schema.json");
        JsonObject schema = (JsonObject)ConfigJson.Options.GetJsonSchemaAsNode(typeof(AfConfig), new() { TreatNullObliviousAsNonNullable = true });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "AgentFlow.PS configuration (agentflow.json)");
        string expected = schema.ToJsonString(s_indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("AGENTFLOW_UPDATE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
