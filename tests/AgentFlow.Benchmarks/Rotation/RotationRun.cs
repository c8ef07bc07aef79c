using System.Text;
using System.Text.Json.Nodes;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>
/// One rotation from its beginning to its end, as an operator would drive it: every process may be killed, and then the next command goes
/// on; after each the truth is compared with what must hold at every moment.
/// </summary>
internal sealed class RotationRun(CampaignSandbox sandbox, CampaignKind kind, CampaignPlan plan)
{
    private const int MostCommands = 60;
    private const int HoursAhead = 100;
    private readonly StringBuilder _output = new();
    private readonly HashSet<string> _secrets = [];
    private readonly HashSet<(string Call, string Trouble)> _met = [];
    private string _oldValue = string.Empty;
    private bool _hasty = plan.Hasty && kind.HasProvider;
    private bool _confirmed = !plan.Confirms;
    private bool _deployed;
    private int _ahead;
    private CampaignTotals _totals = new() { Runs = 1 };

    /// <summary>Told of every process before what became of it is judged.</summary>
    public Action<HostRun>? Watch { get; init; }

    /// <summary>What the sandbox was asked and answered, but for the deployments of the team.</summary>
    public List<RecordedExchange> Exchanges { get; } = [];

    /// <summary>Runs it and audits what is left.</summary>
    public async Task<CampaignTotals> RunAsync()
    {
        await sandbox.ResetAsync();
        await ArmAsync();
        JsonNode before = await sandbox.TruthAsync();
        _oldValue = Value(before)!;
        _secrets.Add(_oldValue);
        HashSet<string> old = [.. kind.Mine(before).Select(one => one["id"]!.GetValue<string>())];
        string command = "start";
        JsonNode? answer = null;
        for (int commands = 0; commands < MostCommands; commands++)
        {
            bool gated = command != "complete" || _hasty;
            _ahead += command == "complete" && !_hasty ? HoursAhead : 0;
            HostRun run = await HostRun.StartAsync(sandbox.ConfigPath, kind.Credential, command, plan.Deaths.Next(command), _ahead, plan.Plant);
            Watch?.Invoke(run);
            plan.Deaths.Ended(run);
            _output.Append(run.Output);
            _totals = _totals with { Kills = _totals.Kills + (run.Killed ? 1 : 0) };
            await LookAsync(gated && _ahead == 0);
            if (run.Answer is null && !run.Killed)
            {
                Console.WriteLine($"{kind.Credential} {command} ended without a word and was not killed: {run.Output}");
                answer = null;
                break;
            }

            answer = run.Answer ?? answer;
            if (IsOver(run.Answer))
            {
                break;
            }

            command = await NextAsync(command, run);
        }

        await HearAsync();
        return await CampaignAudit.OfAsync(sandbox, kind, (_oldValue, old), _secrets, answer, _output.ToString(), plan, _totals);
    }

    private static bool IsOver(JsonNode? answer) => Text(answer, "state") is { } state
        && (state is "Closed" || (state == "Held" && Text(answer, "hold") is not "ProviderUnavailable"));

    private static string? Text(JsonNode? answer, string name) => answer?[name]?.GetValue<string>();

    private string? Value(JsonNode truth) => truth["serving"]![kind.Variable]?.GetValue<string>();

    // Whatever has just died: production must have a value that works, and before completion the old one must work as well.
    private async Task LookAsync(bool gated)
    {
        JsonNode truth = await sandbox.TruthAsync();
        _secrets.UnionWith(kind.Mine(truth).Select(one => one["value"]!.GetValue<string>()).Append(Value(truth)!));
        _totals = _totals with
        {
            LostValues = _totals.LostValues + (await kind.WorksAsync(Value(truth), truth) ? 0 : 1),
            EarlyRevocations = _totals.EarlyRevocations + (gated && kind.HasProvider && !await kind.WorksAsync(_oldValue, truth) ? 1 : 0),
        };
    }

    private async Task<string> NextAsync(string command, HostRun run)
    {
        if (run.Killed)
        {
            // Resume goes on with what was begun; a look or a completion that died is asked for again, or resumed as the help says.
            return command is "confirm" or "complete" && _totals.Kills % 2 == 0 ? command : "resume";
        }

        if (Text(run.Answer, "fault") is { } fault)
        {
            // A process may die once all is done: then there is nothing to go on with, and a look tells how it ended.
            return fault == "AfRotationStateRefused" ? "read" : fault == "AfRotationNotFound" || command == "start" ? "start" : "resume";
        }

        if (Text(run.Answer, "resumeState") is not ("Draining" or "Quiesced" or "Revoked"))
        {
            return "resume";
        }

        if (command == "confirm")
        {
            _confirmed = true;
        }

        if (!_confirmed)
        {
            return "confirm";
        }

        _hasty &= command != "complete";
        if (!_hasty && !_deployed)
        {
            await DeployAsync();
        }

        return "complete";
    }

    private async Task DeployAsync()
    {
        await HearAsync();
        await sandbox.Host.ClearFaultsAsync();
        await sandbox.DeployAsync();
        await sandbox.Host.ClearRequestsAsync();
        await ArmAsync();
        _deployed = true;
    }

    private async Task ArmAsync()
    {
        foreach (CampaignTrouble trouble in plan.Troubles.Where(trouble => !_met.Contains((trouble.Call, trouble.Trouble))))
        {
            await sandbox.Host.AddFaultAsync(trouble.Fault);
        }
    }

    private async Task HearAsync()
    {
        if (plan.WantsExchanges)
        {
            IReadOnlyList<RecordedExchange> exchanges = await sandbox.Host.RequestsAsync();
            Exchanges.AddRange(exchanges);
            _met.UnionWith(TroubleBook.MetBy(exchanges));
        }
    }
}
