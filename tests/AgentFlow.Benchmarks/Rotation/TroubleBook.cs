using AgentFlow.RotationHost;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>The outside calls of one kind, as the sandbox saw them, and which bad answers each has met.</summary>
internal sealed class TroubleBook
{
    private const int MostTries = 8;
    private const int LateMilliseconds = 3_500;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _calls = [];
    private readonly Dictionary<(string Call, string Trouble), int> _tries = [];
    private readonly HashSet<(string Call, string Trouble)> _met = [];

    /// <summary>Lost: done, and no answer. Late: done after the caller has given up. Twice: done twice. 429 and 503: not done.</summary>
    public static IReadOnlyList<string> Troubles { get; } = ["lost", "late", "twice", "429", "503"];

    public int Calls => _calls.Count;

    public int Met(string trouble)
    {
        lock (_lock)
        {
            return _met.Count(one => one.Trouble == trouble);
        }
    }

    /// <summary>What has not been met.</summary>
    public IReadOnlyList<string> Missed()
    {
        lock (_lock)
        {
            return [.. Pairs().Where(pair => !_met.Contains(pair)).Select(static pair => $"{pair.Trouble} at {pair.Call}").Order(StringComparer.Ordinal)];
        }
    }

    public bool HasOpen()
    {
        lock (_lock)
        {
            return Open().Any();
        }
    }

    /// <summary>What the calls of an undisturbed rotation are.</summary>
    public void Learn(IEnumerable<RecordedExchange> exchanges)
    {
        lock (_lock)
        {
            _calls.UnionWith(Mine(exchanges).Select(Label));
        }
    }

    /// <summary>Bad answers for one rotation, of different calls.</summary>
    public IReadOnlyList<CampaignTrouble> Take(int count, Random random)
    {
        lock (_lock)
        {
            (string Call, string Trouble)[] open = [.. Open()];
            random.Shuffle(open);
            List<(string Call, string Trouble)> chosen = [.. open.OrderBy(pair => _tries.GetValueOrDefault(pair)).DistinctBy(static pair => pair.Call).Take(count)];
            chosen.ForEach(pair => _tries[pair] = _tries.GetValueOrDefault(pair) + 1);
            return [.. chosen.Select(static pair => new CampaignTrouble(pair.Call, pair.Trouble, Fault(pair.Call, pair.Trouble)))];
        }
    }

    /// <summary>What befell the requests of a rotation.</summary>
    public void Record(IEnumerable<RecordedExchange> exchanges)
    {
        lock (_lock)
        {
            _met.UnionWith(Mine(exchanges).SelectMany(Befallen));
        }
    }

    /// <summary>Each bad answer that the exchanges met.</summary>
    public static IReadOnlySet<(string Call, string Trouble)> MetBy(IEnumerable<RecordedExchange> exchanges) => Mine(exchanges).SelectMany(Befallen).ToHashSet();

    private static IEnumerable<(string Call, string Trouble)> Befallen(RecordedExchange exchange) =>
        exchange.Faults.Select(fault => (Label(exchange), fault == "status" ? FormattableString.Invariant($"{exchange.Status}") : fault));

    private static IEnumerable<RecordedExchange> Mine(IEnumerable<RecordedExchange> exchanges) => exchanges.Where(static exchange => exchange.Provider != "audit");

    private static string Label(RecordedExchange exchange) => CallLabel.Of(
        exchange.Method,
        exchange.Provider == "app" ? exchange.Path : $"/{exchange.Provider}{exchange.Path}",
        exchange.RequestContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true ? System.Web.HttpUtility.ParseQueryString(exchange.RequestText)["Action"] : null);

    // "POST iam/ CreateAccessKey", "GET vercel/v9/projects/*"
    private static SandboxFault Fault(string call, string trouble)
    {
        string[] words = call.Split(' ');
        string[] place = words[1].Split('/', 2);
        return (trouble is "429" or "503" ? new SandboxFault("status") : new(trouble)) with
        {
            Provider = place[0],
            Method = words[0],
            PathLike = "/" + place[1],
            BodyContains = words.Length > 2 ? "Action=" + words[2] : null,
            Milliseconds = LateMilliseconds,
            Status = trouble switch { "429" => 429, "503" => 503, _ => null },
            RetryAfterSeconds = trouble == "429" ? 1 : null,
            Times = 1,
        };
    }

    private IEnumerable<(string Call, string Trouble)> Pairs() => _calls.SelectMany(static call => Troubles.Select(trouble => (call, trouble)));

    private IEnumerable<(string Call, string Trouble)> Open() => Pairs().Where(pair => !_met.Contains(pair) && _tries.GetValueOrDefault(pair) < MostTries);
}
