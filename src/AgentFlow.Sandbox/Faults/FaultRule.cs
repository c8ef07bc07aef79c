using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Recording;

namespace AgentFlow.Sandbox.Faults;

/// <summary>A fault and the requests it befalls.</summary>
internal sealed class FaultRule
{
    private int _left;

    /// <summary>A part's name; null befalls every provider and the app.</summary>
    public string? Provider { get; private init; }

    public string? Method { get; private init; }

    public string? PathContains { get; private init; }

    /// <summary>The whole path; each <c>*</c> stands for one of its parts.</summary>
    public string? PathLike { get; private init; }

    /// <summary>What a form or document must hold, as the action of AWS's query protocol.</summary>
    public string? BodyContains { get; private init; }

    public FaultKind Kind { get; private init; }

    /// <summary>For latency the delay before the answer, for drip the pause between pieces.</summary>
    public int Milliseconds { get; private init; }

    public int Status { get; private init; } = StatusCodes.Status503ServiceUnavailable;

    public int? RetryAfterSeconds { get; private init; }

    /// <summary>For the crashes: who is killed.</summary>
    public int ProcessId { get; private init; }

    /// <summary>How many requests it befalls; 0 befalls all.</summary>
    public int Times { get; private init; }

    public static bool TryRead(JsonObject json, [NotNullWhen(true)] out FaultRule? rule, out string? why)
    {
        rule = null;
        why = null;
        try
        {
            JsonNode? match = json["match"];
            if (!Enum.TryParse(json["kind"]?.GetValue<string>(), ignoreCase: true, out FaultKind kind) || !Enum.IsDefined(kind))
            {
                why = "kind";
                return false;
            }

            rule = new()
            {
                Provider = match?["provider"]?.GetValue<string>(),
                Method = match?["method"]?.GetValue<string>(),
                PathContains = match?["pathContains"]?.GetValue<string>(),
                PathLike = match?["pathLike"]?.GetValue<string>(),
                BodyContains = match?["bodyContains"]?.GetValue<string>(),
                Kind = kind,
                Milliseconds = json["milliseconds"]?.GetValue<int>() ?? (kind == FaultKind.Drip ? 20 : 0),
                Status = json["status"]?.GetValue<int>() ?? StatusCodes.Status503ServiceUnavailable,
                RetryAfterSeconds = json["retryAfterSeconds"]?.GetValue<int>(),
                ProcessId = json["processId"]?.GetValue<int>() ?? 0,
                Times = json["times"]?.GetValue<int>() ?? 0,
            };
            if (kind is FaultKind.CrashBefore or FaultKind.CrashAfter && rule.ProcessId <= 1)
            {
                why = "processId";
                return false;
            }

            rule._left = rule.Times;
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or JsonException)
        {
            why = "a value has the wrong type";
            return false;
        }
    }

    /// <summary>Whether the request is this rule's; uses one of its times up.</summary>
    public bool Befalls(RequestRecord request)
    {
        if ((Provider is not null && Provider != request.Provider)
            || (Method is not null && !Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase))
            || (PathContains is not null && !request.Path.Contains(PathContains, StringComparison.Ordinal))
            || (PathLike is not null && !IsLike(PathLike, request.Path))
            || (BodyContains is not null && request.RequestBody.AsSpan().IndexOf(Encoding.UTF8.GetBytes(BodyContains)) < 0))
        {
            return false;
        }

        return Times == 0 || Interlocked.Decrement(ref _left) >= 0;
    }

    private static bool IsLike(string like, string path)
    {
        string[] parts = path.Split('/');
        string[] wanted = like.Split('/');
        return parts.Length == wanted.Length && wanted.Zip(parts).All(static pair => pair.First == "*" || pair.First == pair.Second);
    }

    public JsonObject ToJson() => new()
    {
        ["match"] = new JsonObject { ["provider"] = Provider, ["method"] = Method, ["pathContains"] = PathContains, ["pathLike"] = PathLike, ["bodyContains"] = BodyContains },
        ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(Kind.ToString()),
        ["milliseconds"] = Milliseconds,
        ["status"] = Status,
        ["retryAfterSeconds"] = RetryAfterSeconds,
        ["processId"] = ProcessId == 0 ? null : ProcessId,
        ["times"] = Times,
        ["left"] = Times == 0 ? null : Math.Max(0, Volatile.Read(ref _left)),
    };
}
