using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Spec;

namespace AgentFlow.Core.Tests.Rls.Spec;

/// <summary>Grants as a spec writes them.</summary>
public sealed class GrantTextTests
{
    [Fact]
    public void A_whole_table_and_a_list_of_columns_are_told_apart()
    {
        RlsRelation table = new()
        {
            Oid = 1, Schema = "public", Name = "keys", Kind = "r", Owner = "postgres",
            Access = new Dictionary<string, IReadOnlyList<string>> { ["anon"] = [], ["authenticated"] = ["DELETE"] },
            Columns = [new() { Number = 1, Name = "name", Type = "text", Select = ["authenticated"], Update = ["authenticated"] }, new() { Number = 2, Name = "id", Type = "uuid", Select = ["authenticated"] }, new() { Number = 3, Name = "hash", Type = "text" }],
        };
        Assert.Equal(["authenticated DELETE", "authenticated SELECT (id, name)", "authenticated UPDATE (name)"], GrantText.Of(table, ["anon", "authenticated"]));
    }

    [Theory]
    [InlineData("authenticated SELECT (id, name)", "authenticated", "SELECT", "id,name")]
    [InlineData("anon DELETE", "anon", "DELETE", "")]
    [InlineData("web user UPDATE (a)", "web user", "UPDATE", "a")]
    [InlineData("nonsense", "nonsense", "", "")]
    public void What_is_written_is_read(string text, string role, string privilege, string columns)
    {
        (string foundRole, string foundPrivilege, IReadOnlyList<string> foundColumns) = GrantText.Read(text);
        Assert.Equal((role, privilege, columns), (foundRole, foundPrivilege, string.Join(',', foundColumns)));
    }
}
