using AgentFlow.Rls.Text;

namespace AgentFlow.Core.Tests.Rls;

/// <summary>SQL is read as PostgreSQL's scanner reads it: nothing in a comment or a literal is a name.</summary>
public sealed class SqlReadingTests
{
    [Theory]
    [InlineData("select a -- auth.uid()\n from t", "select a from t")]
    [InlineData("select /* outer /* inner */ auth.uid() */ a", "select a")]
    [InlineData("SELECT \"Mixed \"\"Name\"\"\" FROM T", "select Mixed \"Name\" from t")]
    [InlineData("select 'it''s', E'a\\'b'", "select 'it's' , 'a'b'")]
    [InlineData("select $f$ from auth.users $f$, $1", "select ' from auth.users ' , $ 1")]
    [InlineData("a<>b", "a <> b")]
    [InlineData("a=-1--x", "a =- 1")]
    [InlineData("x::text[1]", "x :: text [ 1 ]")]
    public void Comments_go_and_literals_stay_whole(string sql, string expected) => Assert.Equal(expected, SqlLexer.Normalize(sql).TrimEnd());

    [Theory]
    [InlineData("'never closed")]
    [InlineData("\"never closed")]
    [InlineData("/* never closed")]
    [InlineData("$tag$ never closed")]
    [InlineData("$")]
    [InlineData("$1$2$")]
    public void What_is_not_closed_ends_with_the_text(string sql) => Assert.NotNull(SqlLexer.Read(sql));

    [Fact]
    public void Calls_carry_their_schema()
    {
        SqlReading reading = new("organization_id in (select private.user_org_ids()) and auth . uid() is not null and count(*) > 'f(x)'");
        Assert.Equal([(null, "in"), ("private", "user_org_ids"), ("auth", "uid"), (null, "count")], reading.Calls());
    }

    [Fact]
    public void Json_keys_and_settings_are_found()
    {
        SqlReading reading = new("(auth.jwt() -> 'app_metadata' ->> 'tenant_id') = current_setting('Request.Headers', true)::json #>> '{a,\"b c\"}'");
        Assert.Equal(["app_metadata", "tenant_id", "a", "b c"], reading.JsonKeys());
        Assert.Equal(["request.headers"], reading.SettingsRead());
    }

    [Theory]
    [InlineData("m.organization_id = m.organization_id", "m.organization_id")]
    [InlineData("a = a and b = 1", "a")]
    [InlineData("m.organization_id = leads.organization_id", null)]
    [InlineData("a = a::text", null)]
    [InlineData("a = a(b)", null)]
    [InlineData("lower(a) = a", null)]
    public void A_captured_name_compares_a_column_with_itself(string sql, string? column) => Assert.Equal(column, new SqlReading(sql).SelfComparison());

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("we\"ird", "\"we\"\"ird\"")]
    public void Names_are_quoted(string name, string expected) => Assert.Equal(expected, SqlText.Name(name));

    [Theory]
    [InlineData(null, "null")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\\'; drop table t; --", "E'a\\\\''; drop table t; --'")]
    public void Values_cannot_end_their_literal(string? value, string expected) => Assert.Equal(expected, SqlText.Literal(value));

    [Fact]
    public void Array_elements_cannot_end_their_array() => Assert.Equal("E'{\"a\\\\\"b\",\"c,d\"}'::text[]", SqlText.Array(["a\"b", "c,d"], "text"));
}
