using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Spec;

namespace AgentFlow.Core.Tests.Rls.Spec;

/// <summary>What changes a routine's fingerprint and what does not.</summary>
public sealed class RoutineFingerprintTests
{
    private static readonly RlsRoutine s_routine = new()
    {
        Oid = 1, Schema = "private", Name = "orgs", Signature = "private.orgs()", Language = "sql", Owner = "postgres", Definer = true, Volatility = "s", Settings = ["search_path=\"\""], Returns = "uuid", ReturnsSet = true,
        Source = "select m.org from public.members m where m.state = 'Active'",
    };

    [Theory]
    [InlineData("SELECT m.org\n  FROM public.members m -- a comment\n WHERE m.state = 'Active'")]
    [InlineData("/* why /* nested */ */ select m . org from public.members m where m.state='Active'")]
    public void Layout_comments_and_case_do_not_count(string source) => Assert.Equal(RoutineFingerprint.Of(s_routine), RoutineFingerprint.Of(s_routine with { Source = source }));

    [Theory]
    [InlineData("select m.org from public.members m where m.state = 'active'")]
    [InlineData("select m.org from public.members m")]
    [InlineData("select m.\"ORG\" from public.members m where m.state = 'Active'")]
    [InlineData("select m.org from public.members m where m.state <> 'Active'")]
    public void Any_other_change_counts(string source) => Assert.NotEqual(RoutineFingerprint.Of(s_routine), RoutineFingerprint.Of(s_routine with { Source = source }));

    [Fact]
    public void Rights_and_settings_count()
    {
        string[] all =
        [
            RoutineFingerprint.Of(s_routine), RoutineFingerprint.Of(s_routine with { Definer = false }), RoutineFingerprint.Of(s_routine with { Settings = [] }),
            RoutineFingerprint.Of(s_routine with { Settings = ["search_path=public"] }), RoutineFingerprint.Of(s_routine with { Returns = "text" }), RoutineFingerprint.Of(s_routine with { Language = "c" }),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }
}
