using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Contexts;

/// <summary>New-AfConfig pins what the credentials can see, says what they cannot, and writes a file that the schema knows and Connect-AfContext reads.</summary>
public sealed class NewConfigTests(NewConfigTests.World world) : IClassFixture<NewConfigTests.World>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("af-config-").FullName;

    [Fact]
    public async Task It_pins_ids_domains_branch_and_the_names_of_variables()
    {
        await world.Session.SwitchAsync("healthy");
        string path = Path.Combine(_folder, "agentflow.json");
        EngineResult result = world.Session.Run("param($path) New-AfConfig agentflow -Path $path -Confirm:$false", ("path", path));
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        JsonNode config = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.StartsWith("prj_", config["vercel"]!["projectId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(712345001, config["github"]!["repositoryId"]!.GetValue<long>());
        Assert.Equal("main", config["github"]!["productionBranch"]!.GetValue<string>());
        Assert.NotEmpty(config["vercel"]!["productionDomains"]!.AsArray());
        Assert.Contains("STRIPE_WEBHOOK_SECRET", config["requiredEnv"]!["production"]!.AsArray().Select(name => name!.GetValue<string>()));
        EngineResult connected = world.Session.Run("param($path) (Connect-AfContext $path -NoDefault).ProjectId", ("path", path));
        Assert.Equal(config["vercel"]!["projectId"]!.GetValue<string>(), Assert.Single(connected.Output).ToString());
        AssertKnown(JsonNode.Parse(File.ReadAllText(Path.Combine(PackedModule.Folder, "agentflow.schema.json")))!, config, "#");
    }

    [Fact]
    public void The_sandboxs_own_config_is_as_the_schema_says() => AssertKnown(
        JsonNode.Parse(File.ReadAllText(Path.Combine(PackedModule.Folder, "agentflow.schema.json")))!, JsonNode.Parse(File.ReadAllText(world.Session.ConfigPath))!, "#");

    [Fact]
    public async Task What_is_not_linked_is_a_warning_and_no_guess()
    {
        await world.Session.SwitchAsync("wrong-repository");
        EngineResult result = world.Session.Run("param($path) New-AfConfig agentflow -Path $path -Confirm:$false", ("path", Path.Combine(_folder, "other.json")));
        Assert.Empty(result.Errors);
        dynamic config = Assert.Single(result.Output).BaseObject;
        Assert.Equal(899000111L, (long)config.GitHub.RepositoryId);
    }

    [Fact]
    public async Task Without_a_context_it_asks_with_the_usual_variables_and_says_which_is_missing()
    {
        await world.Session.SwitchAsync("healthy");
        string? before = Environment.GetEnvironmentVariable("VERCEL_TOKEN");
        Environment.SetEnvironmentVariable("VERCEL_TOKEN", null);
        try
        {
            using EngineSession session = new();
            EngineResult result = session.Run("param($path) New-AfConfig agentflow -Path $path -Confirm:$false", ("path", Path.Combine(_folder, "none.json")));
            Assert.Equal("AfSecretNotFound", result.ErrorId);
            Assert.Contains("VERCEL_TOKEN", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(_folder, "none.json")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("VERCEL_TOKEN", before);
        }
    }

    [Fact]
    public async Task A_project_that_is_not_there_writes_nothing()
    {
        await world.Session.SwitchAsync("healthy");
        EngineResult result = world.Session.Run("param($path) New-AfConfig no-such-project -Path $path -Confirm:$false", ("path", Path.Combine(_folder, "none.json")));
        Assert.Equal("AfResourceNotFound", result.ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Names and kinds, which is what an editor underlines.
    private static void AssertKnown(JsonNode schema, JsonNode? value, string at)
    {
        switch (value)
        {
            case JsonObject members when schema["properties"] is JsonObject properties:
                foreach ((string name, JsonNode? member) in members)
                {
                    Assert.True(properties.ContainsKey(name), $"{at}/{name} is not in the schema");
                    AssertKnown(properties[name]!, member, $"{at}/{name}");
                }

                break;
            case JsonObject members when schema["additionalProperties"] is JsonObject any:
                foreach ((string name, JsonNode? member) in members)
                {
                    AssertKnown(any, member, $"{at}/{name}");
                }

                break;
            case JsonArray items when schema["items"] is { } item:
                for (int i = 0; i < items.Count; i++)
                {
                    AssertKnown(item, items[i], $"{at}[{i}]");
                }

                break;
            case JsonValue single when schema["type"] is { } type:
                string[] types = type is JsonArray many ? [.. many.Select(one => one!.GetValue<string>())] : [type.GetValue<string>()];
                string actual = single.GetValueKind() switch
                {
                    JsonValueKind.String => "string",
                    JsonValueKind.Number => "integer",
                    JsonValueKind.True or JsonValueKind.False => "boolean",
                    _ => "null",
                };
                Assert.True(types.Contains(actual) || (actual == "integer" && types.Contains("number")), $"{at} is a {actual}, not {string.Join(" or ", types)}");
                break;
        }
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new();

        public void Dispose() => Session.Dispose();
    }
}
