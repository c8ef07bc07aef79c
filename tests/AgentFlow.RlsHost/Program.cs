using AgentFlow;
using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Checks;
using AgentFlow.Rls;
using AgentFlow.Safety;

// VARIABLE ENVIRONMENT [RUNS]     tests the database whose connection is in the variable; a process of its own, so that a test can kill it at any moment
if (args.Length < 2 || Environment.GetEnvironmentVariable(args[0]) is not { Length: > 0 } connection)
{
    await Console.Error.WriteLineAsync("usage: AgentFlow.RlsHost VARIABLE ENVIRONMENT [RUNS]");
    return 64;
}

RlsOptions options = new() { Guard = new() { ExpectedEnvironment = args[1] } };
for (int run = 0; run < (args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1); run++)
{
    RlsTest test = new(new RlsDatabase(() => Secret.FromChars(connection)), options);
    await foreach (CheckResult result in test.RunAsync(new(TimeProvider.System), CancellationToken.None))
    {
        Console.WriteLine($"{result.CheckId} {result.Outcome}");
    }
}

return 0;
