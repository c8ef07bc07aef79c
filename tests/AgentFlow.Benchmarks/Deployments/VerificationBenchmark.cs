using System.Globalization;
using AgentFlow.Benchmarks.Engine;
using AgentFlow.Benchmarks.Reporting;
using AgentFlow.Deployments.Lead;
using AgentFlow.Sandbox.App.Leads;

namespace AgentFlow.Benchmarks.Deployments;

/// <summary>
/// Routes and the whole verification, without and with its lead, against the sandbox with a fixed latency on every outside call. The part of the time that
/// grows with the latency is the critical path of outside calls; what is left when it is taken away is the module's own.
/// </summary>
internal static class VerificationBenchmark
{
    // Test-AfRoute first looks up the newest deployment: one call before the first route can be asked.
    private const int Selection = 1;

    private const string Script = """
        param($Manifest)
        $ErrorActionPreference = 'Stop'
        Import-Module $Manifest
        $client = [Net.Http.HttpClient]::new()
        $box = Start-AfSandbox -NoDatabase
        function Set-Latency([int] $Milliseconds) {
            $null = $client.DeleteAsync("$($box.ControlUri)/faults").GetAwaiter().GetResult()
            if ($Milliseconds -gt 0) {
                $rule = [Net.Http.StringContent]::new("{`"match`":{},`"kind`":`"latency`",`"milliseconds`":$Milliseconds,`"times`":100000}", [Text.Encoding]::UTF8, 'application/json')
                $null = $client.PostAsync("$($box.ControlUri)/faults", $rule).GetAwaiter().GetResult().EnsureSuccessStatusCode()
            }
        }
        function Measure-Block([scriptblock] $Block) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = & $Block
            $watch.Elapsed.TotalMilliseconds
        }
        # What other work on the machine adds says nothing about the module.
        function Get-Least($Values) { $sorted = [double[]]@($Values); [Array]::Sort($sorted); $sorted[0] }
        function Write-Figure([string] $Name, [double] $Value) { "$Name=$($Value.ToString([Globalization.CultureInfo]::InvariantCulture))" }
        try {
            $null = $box | Connect-AfContext
            # Warm: the first command of a context makes its clients.
            $null = Test-AfDeployment -Check Binding, BuildEnv, Route
            $null = Test-AfDeployment -Check Binding, BuildEnv, Route
            Set-Latency 300
            Write-Figure 'bareRoute' (Get-Least (1..5 | ForEach-Object { Measure-Block { $client.GetAsync("$($box.ProductionUri)pricing").GetAwaiter().GetResult() } }))
            $answers = 1..5 | ForEach-Object {
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $last = 0.0
                Test-AfRoute | ForEach-Object { if ($_.CheckId -in 'AFD020', 'AFD021') { $last = $watch.Elapsed.TotalMilliseconds } }
                $last
            }
            Write-Figure 'routes' (Get-Least $answers)
            foreach ($latency in 600, 200) {
                Set-Latency $latency
                Write-Figure "whole$latency" (Get-Least (1..5 | ForEach-Object { Measure-Block { Test-AfDeployment -Check Binding, BuildEnv, Route } }))
            }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $first = -1.0
            Test-AfDeployment -Check Binding, BuildEnv, Route | ForEach-Object { if ($first -lt 0) { $first = $watch.Elapsed.TotalMilliseconds } }
            Write-Figure 'first' $first
            Write-Figure 'last' $watch.Elapsed.TotalMilliseconds
        }
        finally { Stop-AfSandbox }

        # A lead is sent once a minute: each figure has a world of its own, whose first command is not the measured one.
        foreach ($latency in 600, 200) {
            $values = foreach ($round in 1..3) {
                try {
                    $box = Start-AfSandbox
                    $null = $box | Connect-AfContext
                    $null = Test-AfDeployment -Target preview -Check Binding, BuildEnv, Route
                    Set-Latency $latency
                    Measure-Block { $script:lead = Test-AfDeployment -Target preview | Where-Object { $_.CheckId -eq 'AFD033' } }
                    if ("$($script:lead.Outcome)" -ne 'Pass') { throw "The lead was not watched to its end: $($script:lead.Reason)" }
                }
                finally { Stop-AfSandbox }
            }
            Write-Figure "lead$latency" (Get-Least $values)
        }
        """;

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchContext context)
    {
        Dictionary<string, double> figures = (await ShellProbe.RunAsync(Script, context.Manifest).ConfigureAwait(false))
            .Select(line => line.Split('='))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
        yield return BenchRow.AtMost("routes", figures["routes"], "ms", "selection of the deployment and one bare GET", (figures["bareRoute"] * Selection) + figures["bareRoute"], 1.15);

        // Two latencies give a line: its slope is the number of outside calls that wait for each other.
        double calls = (figures["whole600"] - figures["whole200"]) / 400;
        yield return BenchRow.AtMost("verification", figures["whole600"], "ms", FormattableString.Invariant($"critical path of {calls:0.#} outside calls"), calls * 600, 1.15);
        // With the lead: what the app does with it, and the watch for what may be counted twice, are not the module's own time either.
        double leadCalls = (figures["lead600"] - figures["lead200"]) / 400;
        double awaited = (LeadWork.Takes + LeadPace.Settle).TotalMilliseconds;
        yield return BenchRow.AtMost("verification.lead", figures["lead600"], "ms", FormattableString.Invariant($"critical path of {leadCalls:0.#} outside calls, the app's work and the watch: {awaited:0} ms"), (leadCalls * 600) + awaited, 1.15);
        yield return BenchRow.AtMost("verification.first", figures["first"], "ms", "last record", figures["last"], 0.9);
    }
}
