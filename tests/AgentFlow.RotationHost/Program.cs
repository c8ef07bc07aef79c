using System.Globalization;
using System.Text.Json;
using AgentFlow;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Postgres;
using AgentFlow.Adapters.Rotation;
using AgentFlow.Adapters.Store;
using AgentFlow.Configuration;
using AgentFlow.Faults;
using AgentFlow.Rotation;
using AgentFlow.Rotation.Kinds;
using AgentFlow.RotationHost;
using AgentFlow.Safety;
using Microsoft.Data.Sqlite;

// append (--journal FILE | --database-file FILE) --stream NAME --count N     appends, to race with other processes
// hold   (--journal FILE | --database-file FILE) --stream NAME              takes the stream's lease and keeps it until it is killed
// rotate --config FILE --credential NAME --command start|resume|confirm|complete|read [--die-at N] [--die-in "PLACE\n..."] [--say] [--ahead-hours H] [--plant early|lose|double|leak|chain]
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
int Number(string name) => int.Parse(Option(name) ?? "0", CultureInfo.InvariantCulture);

if (args is ["append" or "hold", ..])
{
    await using AdoJournalStore store = Option("--database-file") is { } file
        ? AdoJournalStore.OnPostgres(() => Secret.FromChars(File.ReadAllText(file)), "host", TimeProvider.System)
        : AdoJournalStore.OnSqlite(Option("--journal")!, "host", TimeProvider.System);
    if (args[0] == "hold")
    {
        await using IAsyncDisposable lease = await store.LeaseAsync(Option("--stream")!, CancellationToken.None);
        Console.WriteLine("held");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    for (int i = 0; i < Number("--count"); i++)
    {
        await store.AppendAsync(new(Option("--stream")!, "note", $"{Environment.ProcessId}", new() { ["i"] = i }), null, CancellationToken.None);
    }

    return 0;
}

if (args is ["wait-rotate", ..])
{
    // Until a line comes, so that who started it can first say what shall happen to it.
    await Console.In.ReadLineAsync();
}

DeathPlaces places = new(
    Option("--command") ?? string.Empty,
    Number("--die-at"),
    (Option("--die-in") ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
    args.Contains("--say") ? Console.OpenStandardOutput() : null);
TimeProvider time = Number("--ahead-hours") is > 0 and int hours ? new LaterTime(TimeSpan.FromHours(hours)) : TimeProvider.System;
AfConfig config = ConfigFile.Read(Option("--config")!, static _ => false);
HttpLimits limits = new() { Attempt = TimeSpan.FromSeconds(3), Total = TimeSpan.FromSeconds(6), FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(100) };
await using HttpClients clients = new(time, limits, () => new DeadlyWire(places));
RotationSecrets secrets = HostSecrets.Of(config);
await using RotationAdapters adapters = new(config with { Routes = [new() { Path = "/" }] }, clients, secrets, time);
RotationPorts real = adapters.Ports();
string plant = Option("--plant") ?? string.Empty;
RotationPorts ports = real with
{
    Journal = new DeadlyJournal(real.Journal, places),
    Slot = new DeadlySlot(plant == "leak" ? new PlantedSlot(real.Slot, Path.GetDirectoryName(config.Journal.Path)!) : real.Slot, places),
    KindOf = credential => Planted(credential.Kind == CredentialKind.PostgresRolePassword
        ? new PostgresRolePasswordKind(new DeadlyRoles(new RolePasswords(() => secrets.AdminDatabase(credential)), places))
        : real.KindOf(credential)),
};
ICredentialKind Planted(ICredentialKind kind) => plant is "early" or "lose" or "double" ? new PlantedKind(kind, plant) : kind;
RotationEngine engine = new(ports, new() { PollEvery = TimeSpan.FromMilliseconds(100), RetryAfter = TimeSpan.FromMilliseconds(50), HealthTimeout = TimeSpan.FromSeconds(5) });
CredentialConfig credential = CredentialBook.Find(config, Option("--credential")!);
Dictionary<string, object?> said = [];
int code = 0;
try
{
    RotationRecord record = Option("--command") switch
    {
        "start" => await engine.StartAsync(credential, null, false, null, CancellationToken.None),
        "resume" => await engine.ResumeAsync(credential, false, null, CancellationToken.None),
        "read" => await engine.ReadAsync(credential, CancellationToken.None),
        "confirm" => await engine.ConfirmAsync(credential, false, null, CancellationToken.None),
        _ => await engine.CompleteAsync(credential, CancellationToken.None),
    };
    said["state"] = record.State.ToString();
    said["resumeState"] = record.ResumeState.ToString();
    said["hold"] = record.Hold?.Code.ToString();
    said["reason"] = record.Hold?.Reason ?? string.Join("; ", record.Blockers);
    said["oldId"] = record.OldId;
    said["newId"] = record.NewId;
}
catch (AfFaultException fault)
{
    said["fault"] = fault.Id;
    said["reason"] = fault.Message;
    code = 1;
}

if (plant == "chain")
{
    await using SqliteConnection tampering = new($"Data Source={config.Journal.Path};Pooling=False");
    await tampering.OpenAsync();
    await using SqliteCommand command = tampering.CreateCommand();
    command.CommandText = "drop trigger if exists journal_entry_no_update; update journal_entry set actor = 'nobody' where sequence = 2";
    await command.ExecuteNonQueryAsync();
}

said["places"] = places.Count;
Console.WriteLine(JsonSerializer.Serialize(said));
return code;
