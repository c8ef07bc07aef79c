# Runs the Pester tests of this folder on the packed module and writes "passed failed skipped" to a file.
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Report
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
Set-Content -LiteralPath $Report -Value "$($result.PassedCount) $failed $($result.SkippedCount + $result.NotRunCount)"
