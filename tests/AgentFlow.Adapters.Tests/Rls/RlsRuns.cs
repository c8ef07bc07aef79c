using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Rls;
using AgentFlow.Rls.Guard;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>Runs Test-AfRls's engine over one database of the corpus's cluster.</summary>
internal static class RlsRuns
{
    public static RlsOptions Options { get; } = new() { Guard = new RlsGuardPolicy { ExpectedEnvironment = "test" } };

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(this CorpusServer corpus, string name, RlsOptions? options = null)
    {
        RlsDatabase database = await corpus.OpenAsync(name);
        return await new RlsTest(database, options ?? Options).RunAsync(new(TimeProvider.System), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    public static IEnumerable<CheckResult> Flagged(this IEnumerable<CheckResult> results) => results.Where(result => result.Outcome is CheckOutcome.Fail or CheckOutcome.Warn);

    public static bool Names(this CheckResult result, string guilty) => result.Target.Contains(guilty, StringComparison.Ordinal) || result.Reason.Contains(guilty, StringComparison.Ordinal);

    public static string Line(this CheckResult result) => $"{result.CheckId} {result.Outcome} [{result.Target}] {result.Reason}";
}
