using AgentFlow.Checks;
using AgentFlow.Deployments.Routes;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD030: the app accepted the lead.</summary>
internal static class IntakeRule
{
    private const string SeeLog = "See the function log of the deployment at the time of this check, and its missing variables (Test-AfDeployment -Check BuildEnv).";

    public static CheckFinding Judge(LeadReceipt receipt, string path)
    {
        CheckFinding finding = receipt.Platform is { } platform ? OfPlatform(platform, receipt) : OfApp(receipt, path);
        return finding with { Attempts = receipt.Attempts };
    }

    /// <summary>True when the lead may have been taken in spite of the answer.</summary>
    public static bool IsDoubtful(LeadReceipt receipt) => receipt is { Status: >= 500 or 408 or 409, Platform: null or { Kind: PlatformPageKind.Error } };

    public static bool IsAccepted(LeadReceipt receipt) => receipt is { Status: >= 200 and < 300, Platform: null };

    private static CheckFinding OfPlatform(PlatformPage page, LeadReceipt receipt) => page.Kind == PlatformPageKind.Error
        ? CheckFinding.Fail($"{PlatformPages.Describe(page)}.", "201", $"{receipt.Status} {page.Code}", PlatformPages.Fix(page, receipt.BypassSent))
        : CheckFinding.Inconclusive($"{PlatformPages.Describe(page)} ({receipt.Status}).", PlatformPages.Fix(page, receipt.BypassSent)) with { Expected = "201", Actual = $"{receipt.Status}" };

    private static CheckFinding OfApp(LeadReceipt receipt, string path) => receipt.Status switch
    {
        >= 200 and < 300 when receipt.Replayed => CheckFinding.Pass($"It answered {receipt.Status} with the answer to the same key."),
        >= 200 and < 300 => CheckFinding.Pass($"It answered {receipt.Status}."),
        >= 300 and < 400 => Fail(
            $"It redirects the lead{(receipt.Location is { } location ? $" to {RouteTrail.Shown(location)}" : string.Empty)}.", receipt, $"Exclude {path} from the middleware's matcher, or correct lead.path in agentflow.json."),
        401 or 403 => new()
        {
            Outcome = CheckOutcome.Error,
            Reason = $"It refused the API key ({receipt.Status}).",
            Expected = "201",
            Actual = $"{receipt.Status}",
            Remediation = "Store a valid key of the test tenant where lead.apiKey points, and let it create leads.",
        },
        404 or 405 => Fail($"There is no lead intake at {path} ({receipt.Status}).", receipt, "Correct lead.path in agentflow.json, or see whether the build produced the route."),
        408 => Fail("It gave up waiting for the request (408).", receipt, SeeLog),
        409 => CheckFinding.Inconclusive("It says that the key is in use (409).", "Run the check again in a minute; the next one uses a new key.") with { Expected = "201", Actual = "409" },
        429 => new() { Outcome = CheckOutcome.Error, Reason = "It limits the rate (429).", Expected = "201", Actual = "429", Remediation = "Wait and run the check again, or raise the test tenant's limit." },
        >= 500 => Fail($"It answered {receipt.Status}.", receipt, SeeLog),
        _ => Fail($"It refused the lead ({receipt.Status}).", receipt, "Compare lead.payload in agentflow.json with what the app's intake asks for."),
    };

    private static CheckFinding Fail(string reason, LeadReceipt receipt, string fix) => CheckFinding.Fail(reason, "201", $"{receipt.Status}", fix);
}
