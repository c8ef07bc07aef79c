#!/usr/bin/env pwsh
# The one way to build, try and test. Only the core language, .NET and native commands are used, so that it runs in
# pwsh and in src/AgentFlow.Shell, which has none of the Utility and Management cmdlets, alike.
[CmdletBinding()]
param(
    # Build: packs artifacts/AgentFlow.PS. Test: everything that tests. Demo: a rehearsal from start to end.
    # Pack: a .nupkg. Bench: measurements as JSON lines. Campaign: a long fault campaign by name.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Pack', 'Bench', 'Campaign')]
    [string] $Task = 'Build',

    # Bench: only benchmarks whose name contains this. Campaign: its name.
    [Parameter(Position = 1)]
    [string] $Name = '',

    # Campaign Rotation: how many times the process is killed at least.
    [ValidateRange(1, 100000)]
    [int] $Kills = 200,

    # Campaign: how long it goes on. Redaction fuzzes 30 minutes; Rotation begins no rotation after 18.
    [ValidateRange(0.01, 10000)]
    [double] $Minutes,

    # Campaign Rotation: takes the time that it needs to kill each command at every place.
    [switch] $All,

    # Campaign Redaction: the seed of its first text; each text takes the next. Rotation: the order of places.
    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$artifacts = [IO.Path]::Combine($root, 'artifacts')
$module = [IO.Path]::Combine($artifacts, 'AgentFlow.PS')
$configuration = 'Release'

function Say([string] $Text) {
    $Host.UI.WriteLine($Text)
}

function Invoke-Dotnet {
    # A separate configuration from the Debug build that `dotnet run` starts: on Windows its files are locked while it runs.
    param([string[]] $Arguments)
    & dotnet @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Arguments[0]) ended with exit code $LASTEXITCODE."
    }
}

function Copy-Tree([string] $From, [string] $To, [string[]] $Without) {
    $null = [IO.Directory]::CreateDirectory($To)
    foreach ($file in [IO.Directory]::GetFiles($From, '*', [IO.SearchOption]::AllDirectories)) {
        if ($Without -contains [IO.Path]::GetExtension($file)) { continue }
        $target = [IO.Path]::Combine($To, [IO.Path]::GetRelativePath($From, $file))
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        [IO.File]::Copy($file, $target, $true)
    }
}

function Get-OutputFolder([string] $Project) {
    [IO.Path]::Combine($root, 'src', $Project, 'bin', $configuration, 'net10.0')
}

function Build-Module([switch] $Everything, [switch] $Portable) {
    $what = if ($Everything) { 'AgentFlow.PS.sln' } else { [IO.Path]::Combine('src', 'AgentFlow.PS', 'AgentFlow.PS.csproj') }
    Invoke-Dotnet @('build', [IO.Path]::Combine($root, $what), '-c', $configuration, '-v', 'quiet', '-nologo', '--tl:off', "-p:AfPrecompile=$(-not $Portable)")
    try {
        if ([IO.Directory]::Exists($module)) { [IO.Directory]::Delete($module, $true) }
    }
    catch {
        throw "The packed module cannot be replaced: another session has it imported. Close that session. ($($_.Exception.InnerException.GetType().Name))"
    }

    Copy-Tree ([IO.Path]::Combine($root, 'module')) $module @()
    Copy-Tree ([IO.Path]::Combine($root, 'en-US')) ([IO.Path]::Combine($module, 'en-US')) @()
    Copy-Tree (Get-OutputFolder 'AgentFlow.PS') ([IO.Path]::Combine($module, 'lib')) @('.pdb', '.xml')
    Copy-Tree (Get-OutputFolder 'AgentFlow.Sandbox') ([IO.Path]::Combine($module, 'sandbox')) @('.pdb', '.xml')
    [IO.File]::Copy([IO.Path]::Combine((Get-OutputFolder 'AgentFlow.PS.Loader'), 'AgentFlow.PS.Loader.dll'), [IO.Path]::Combine($module, 'AgentFlow.PS.Loader.dll'), $true)
    [IO.File]::Copy([IO.Path]::Combine($root, 'LICENSE'), [IO.Path]::Combine($module, 'LICENSE'), $true)
    if (-not $Portable) {
        $library = [IO.Path]::Combine($module, 'lib')
        Add-NativeCode (@([IO.Path]::Combine($module, 'AgentFlow.PS.Loader.dll')) + [IO.Directory]::GetFiles($library, 'AgentFlow.*.dll')) $library
    }
}

# Gives assemblies native code for this machine, in their places. The portable package goes without.
function Add-NativeCode([string[]] $Assemblies, [string] $Library) {
    $compiler = (& dotnet msbuild ([IO.Path]::Combine($root, 'src', 'AgentFlow.PS', 'AgentFlow.PS.csproj')) -t:AfPrecompiler -nologo -tl:off -p:AfPrecompile=true | ForEach-Object { "$_".Trim() }) -join ''
    if ($IsWindows) { $compiler += '.exe' }
    $framework = [System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()
    $stage = [IO.Path]::Combine($artifacts, 'native')
    $null = [IO.Directory]::CreateDirectory($stage)
    # One word each, so that the engine does not expand the wildcards itself.
    $references = "-r:$([IO.Path]::Combine($framework, '*.dll'))", "-r:$([IO.Path]::Combine($Library, '*.dll'))", "-r:$([psobject].Assembly.Location)"
    foreach ($assembly in $Assemblies) {
        $output = [IO.Path]::Combine($stage, [IO.Path]::GetFileName($assembly))
        $said = & $compiler $assembly --out $output -O @references 2>&1
        if ($LASTEXITCODE -ne 0) { throw "Native code for $([IO.Path]::GetFileName($assembly)) could not be made: $($said -join ' ')" }
        [IO.File]::Copy($output, $assembly, $true)
    }
}

function Import-Built {
    Import-Module ([IO.Path]::Combine($module, 'AgentFlow.PS.psd1')) -Force -Global
}

function Test-Xunit([string] $Project, [hashtable] $Count) {
    $results = [IO.Path]::Combine($artifacts, 'test-results')
    $null = [IO.Directory]::CreateDirectory($results)
    $report = [IO.Path]::Combine($results, "$Project.trx")
    if ([IO.File]::Exists($report)) { [IO.File]::Delete($report) }
    Say "== $Project"
    $program = [IO.Path]::Combine($root, 'tests', $Project, 'bin', $configuration, 'net10.0', "$Project.dll")
    & dotnet $program --results-directory $results --report-xunit-trx --report-xunit-trx-filename "$Project.trx" --no-ansi --no-progress
    $code = $LASTEXITCODE
    if (-not [IO.File]::Exists($report)) {
        Say "$Project ended with exit code $code and left no report."
        $Count.Failed++
        return
    }

    $trx = [xml][IO.File]::ReadAllText($report)
    $counters = $trx.TestRun.ResultSummary.Counters
    $Count.Passed += [int]$counters.passed
    $Count.Failed += [int]$counters.failed + [int]$counters.error
    $Count.Skipped += [int]$counters.total - [int]$counters.passed - [int]$counters.failed - [int]$counters.error
    foreach ($result in $trx.TestRun.Results.UnitTestResult) {
        if ($result.outcome -eq 'NotExecuted') { Say "   skipped: $($result.testName): $($result.Output.ErrorInfo.Message)$($result.Output.StdOut)" }
    }

    if ($code -ne 0 -and ([int]$counters.failed + [int]$counters.error) -eq 0) {
        Say "$Project ended with exit code $code although its report has no failure."
        $Count.Failed++
    }
}

function Test-Pester([hashtable] $Count) {
    $folder = [IO.Path]::Combine($root, 'tests', 'pester')
    Say '== Pester'
    $pwsh = $ExecutionContext.InvokeCommand.GetCommand('pwsh', 'Application')
    $reason = if (-not $pwsh) { 'there is no pwsh on this machine' } else {
        & $pwsh.Source -NoProfile -NonInteractive -Command 'exit [int](-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.0))'
        if ($LASTEXITCODE -ne 0) { 'pwsh has no Pester 5' }
    }

    if ($reason) {
        $its = 0
        foreach ($file in [IO.Directory]::GetFiles($folder, '*.Tests.ps1')) {
            $ast = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$null, [ref]$null)
            $its += $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] -and $node.GetCommandName() -eq 'It' }, $true).Count
        }

        Say "   skipped: $its Pester tests: $reason"
        $Count.Skipped += $its
        return
    }

    $report = [IO.Path]::Combine($artifacts, 'test-results', 'pester.txt')
    & $pwsh.Source -NoProfile -NonInteractive -File ([IO.Path]::Combine($folder, 'Invoke-PesterRun.ps1')) -Report $report
    if (-not [IO.File]::Exists($report)) {
        Say 'Pester left no report.'
        $Count.Failed++
        return
    }

    $numbers = [IO.File]::ReadAllText($report).Trim().Split(' ')
    $Count.Passed += [int]$numbers[0]
    $Count.Failed += [int]$numbers[1]
    $Count.Skipped += [int]$numbers[2]
}

function Invoke-Test {
    Build-Module -Everything
    $count = @{ Passed = 0; Failed = 0; Skipped = 0 }
    foreach ($project in 'AgentFlow.Core.Tests', 'AgentFlow.Adapters.Tests', 'AgentFlow.PS.Tests') {
        Test-Xunit $project $count
    }

    Test-Pester $count
    Say "$($count.Passed) passed, $($count.Failed) failed, $($count.Skipped) skipped"
    if ($count.Failed -gt 0 -or $count.Passed -eq 0) { exit 1 }
}

function Invoke-Pack {
    Build-Module -Portable
    $manifest = Import-PowerShellDataFile2 ([IO.Path]::Combine($module, 'AgentFlow.PS.psd1'))
    $nuspec = [IO.Path]::Combine($artifacts, 'AgentFlow.PS.nuspec')
    $tags = ($manifest.PrivateData.PSData.Tags + @('PSModule', 'PSIncludes_Cmdlet') + ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_" })) -join ' '
    [IO.File]::WriteAllText($nuspec, @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>AgentFlow.PS</id>
    <version>$($manifest.ModuleVersion)</version>
    <authors>$($manifest.Author)</authors>
    <license type="expression">MIT</license>
    <description>$($manifest.Description)</description>
    <tags>$tags</tags>
  </metadata>
  <files><file src="**" target="" /></files>
</package>
"@)
    # The analysis knows libraries for projects; a module's folders are its own.
    Invoke-Dotnet @(
        'pack', [IO.Path]::Combine($root, 'src', 'AgentFlow.PS', 'AgentFlow.PS.csproj'), '-c', $configuration, '--no-build', '-nologo', '--tl:off',
        "-p:NuspecFile=$nuspec", "-p:NuspecBasePath=$module", '-p:NoPackageAnalysis=true', '-o', $artifacts)
    Say "artifacts/AgentFlow.PS.$($manifest.ModuleVersion).nupkg"
}

# Import-PowerShellDataFile is a Utility cmdlet; the parser behind it is the engine's own.
function Import-PowerShellDataFile2([string] $Path) {
    [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$null).Find(
        { param($node) $node -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}

function Show-Step([string] $Text) {
    Say ''
    Say "$($PSStyle.Bold)$Text$($PSStyle.BoldOff)"
}

function Invoke-Demo {
    Build-Module
    Import-Built
    try {
        foreach ($scenario in 'healthy', 'broken') {
            Show-Step "PS> Start-AfSandbox $scenario | Connect-AfContext"
            $box = Start-AfSandbox $scenario
            $box | Connect-AfContext | Out-Default
            if (-not $box.DatabaseAvailable) { Say "No database: $($box.DatabaseReason)" }
            Show-Step 'PS> Get-AfDeployment'
            Get-AfDeployment | Out-Default
            Show-Step 'PS> Test-AfDeployment -Target preview'
            $results = @(Test-AfDeployment -Target preview)
            $results | Out-Default
            Show-Step 'PS> Get-AfDeployment -Target production -First 1 | Test-AfDeployment -Check Binding, BuildEnv'
            $live = @(Get-AfDeployment -Target production -First 1 | Test-AfDeployment -Check Binding, BuildEnv)
            $live | Out-Default
            $bad = @($results + $live | Where-Object Outcome -in 'Fail', 'Error')
            if ($scenario -eq 'healthy') {
                if ($bad.Count -gt 0) { throw "The healthy scenario has failures: $($bad[0].CheckId) $($bad[0].Reason)" }
            }
            else {
                foreach ($check in @('AFD006', 'AFD010', 'AFD020') + @(if ($box.DatabaseAvailable) { 'AFD034' })) {
                    if ($bad.CheckId -notcontains $check) { throw "The scenario '$scenario' was not detected: $check did not fail." }
                }

                Show-Step 'What is wrong, and what to do'
                foreach ($fail in $bad) { Say "  $($fail.CheckId) $($fail.Target): $($fail.Reason)"; Say "      fix: $($fail.Remediation)" }
            }

            Stop-AfSandbox
        }
    }
    finally {
        Stop-AfSandbox
    }

    Show-Step 'The demo is over; nothing was left running.'
}

function Invoke-Bench {
    Build-Module -Everything
    $arguments = @([IO.Path]::Combine($root, 'tests', 'AgentFlow.Benchmarks', 'bin', $configuration, 'net10.0', 'AgentFlow.Benchmarks.dll'), 'bench', '--module', $module, '--out', [IO.Path]::Combine($artifacts, 'bench.json'))
    if ($Name) { $arguments += @('--name', $Name) }
    Invoke-Dotnet $arguments
}

function Invoke-Campaign {
    Build-Module -Everything
    $folder = [IO.Path]::Combine($root, 'tests', 'AgentFlow.Benchmarks', 'bin', $configuration, 'net10.0')
    if ($Name -eq 'Rotation') {
        # Thousands of processes are started to be killed: with native code there is time for a fifth more of them.
        $copy = [IO.Path]::Combine($artifacts, 'rotation-campaign')
        if ([IO.Directory]::Exists($copy)) { [IO.Directory]::Delete($copy, $true) }
        Copy-Tree $folder $copy @('.pdb', '.xml')
        $folder = $copy
        $names = 'AgentFlow.Core', 'AgentFlow.Adapters', 'AgentFlow.RotationHost', 'Polly.Core', 'Npgsql', 'Microsoft.Data.Sqlite', 'Stripe.net', 'AWSSDK.Core', 'Microsoft.Extensions.DependencyInjection'
        Add-NativeCode @($names | ForEach-Object { [IO.Path]::Combine($copy, "$_.dll") }) $copy
    }

    $arguments = @([IO.Path]::Combine($folder, 'AgentFlow.Benchmarks.dll'), 'campaign', $Name, '--kills', "$Kills", '--seed', "$Seed", '--module', $module)
    if ($Minutes) { $arguments += @('--minutes', $Minutes.ToString([cultureinfo]::InvariantCulture)) }
    if ($All) { $arguments += '--all' }
    Invoke-Dotnet $arguments
}

switch ($Task) {
    'Build' { Build-Module; Say 'artifacts/AgentFlow.PS is ready: Import-Module ./artifacts/AgentFlow.PS' }
    'Test' { Invoke-Test }
    'Demo' { Invoke-Demo }
    'Pack' { Invoke-Pack }
    'Bench' { Invoke-Bench }
    'Campaign' { Invoke-Campaign }
}
