using System.Globalization;
using System.Text.Json;
using AgentFlow;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Rotation;
using AgentFlow.Adapters.Store;
using AgentFlow.Configuration;
using AgentFlow.Faults;
using AgentFlow.Rotation;
using AgentFlow.RotationHost;
using AgentFlow.Safety;
using Microsoft.Data.Sqlite;

// append (--journal FILE | --database-file FILE) --stream NAME --count N     appends, to race with other processes
// hold   (--journal FILE | --database-file FILE) --stream NAME              takes the stream's lease and keeps it until it is killed
// rotate --config FILE --credential NAME --command start|resume|complete [--die-at N] [--ahead-hours H] [--plant early|lose|double|leak|chain]
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

DeathCounter counter = new(Number("--die-at"));
TimeProvider time = Number("--ahead-hours") is > 0 and int hours ? new LaterTime(TimeSpan.FromHours(hours)) : TimeProvider.System;
AfConfig config = ConfigFile.Read(Option("--config")!, static _ => false);
HttpLimits limits = new() { Attempt = TimeSpan.FromSeconds(3), Total = TimeSpan.FromSeconds(6), FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(100) };
await using HttpClients clients = new(time, limits, () => new DeadlyWire(counter));
await using RotationAdapters adapters = new(config with { Routes = [new() { Path = "/" }] }, clients, HostSecrets.Of(config), time);
RotationPorts real = adapters.Ports();
string plant = Option("--plant") ?? string.Empty;
RotationPorts ports = real with
{
    Journal = new DeadlyJournal(real.Journal, counter),
    Slot = new DeadlySlot(plant == "leak" ? new PlantedSlot(real.Slot, Path.GetDirectoryName(config.Journal.Path)!) : real.Slot, counter),
    KindOf = credential => new DeadlyKind(plant is "early" or "lose" or "double" ? new PlantedKind(real.KindOf(credential), plant) : real.KindOf(credential), counter),
};
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

said["places"] = counter.Places;
Console.WriteLine(JsonSerializer.Serialize(said));
return code;
