using System.Collections.Frozen;
using System.Management.Automation;
using AgentFlow.Shell.Commands;

namespace AgentFlow.Shell;

/// <summary>
/// The engine's package has no Utility, Management and Security modules. Whoever calls one of their well-known cmdlets learns that, and what does the
/// same here.
/// </summary>
internal static class AbsentCommands
{
    private const string Module = "PowerShell's Utility and Management modules are not part of this shell";
    private const string Advice = "Daily work belongs in pwsh 7.6.";

    // Name → what works here instead; null when nothing short does.
    private static readonly FrozenDictionary<string, string?> Alternatives = new Dictionary<string, string?>
    {
        ["Add-Content"] = "[IO.File]::AppendAllText(path, text)",
        ["Add-Member"] = null,
        ["Add-Type"] = null,
        ["Clear-Content"] = "[IO.File]::WriteAllText(path, '')",
        ["Clear-Variable"] = "$name = $null",
        ["Compare-Object"] = null,
        ["ConvertFrom-Json"] = "[System.Text.Json.JsonDocument]::Parse(text)",
        ["ConvertFrom-SecureString"] = null,
        ["ConvertTo-Csv"] = null,
        ["ConvertTo-Html"] = null,
        ["ConvertTo-Json"] = "[System.Text.Json.JsonSerializer]::Serialize(value)",
        ["ConvertTo-SecureString"] = "$Host.UI.ReadLineAsSecureString()",
        ["Copy-Item"] = "[IO.File]::Copy(from, to)",
        ["Export-Csv"] = null,
        ["Format-Custom"] = null,
        ["Format-List"] = "ForEach-Object { $_.PSObject.Properties }",
        ["Format-Table"] = "the records' own views, which need no Format-Table",
        ["Format-Wide"] = null,
        ["Get-ChildItem"] = "[IO.Directory]::GetFileSystemEntries(path)",
        ["Get-Content"] = "[IO.File]::ReadAllText(path)",
        ["Get-Credential"] = "$Host.UI.PromptForCredential('', '', '', '')",
        ["Get-Date"] = "[DateTimeOffset]::Now",
        ["Get-Item"] = "[IO.FileInfo]::new(path)",
        ["Get-ItemProperty"] = null,
        ["Get-Location"] = "$PWD",
        ["Get-Member"] = "ForEach-Object { $_.PSObject.Members }",
        ["Get-Process"] = "[Diagnostics.Process]::GetProcesses()",
        ["Get-Random"] = "[Random]::Shared.Next(max)",
        ["Get-Service"] = null,
        ["Get-Variable"] = "$ExecutionContext.SessionState.PSVariable.Get(name)",
        ["Group-Object"] = null,
        ["Import-Csv"] = null,
        ["Import-PowerShellDataFile"] = null,
        ["Invoke-Expression"] = "& ([scriptblock]::Create(text))",
        ["Invoke-RestMethod"] = null,
        ["Invoke-WebRequest"] = null,
        ["Join-Path"] = "[IO.Path]::Combine(folder, name)",
        ["Measure-Command"] = "[Diagnostics.Stopwatch]::StartNew()",
        ["Measure-Object"] = "(…).Count",
        ["Move-Item"] = "[IO.File]::Move(from, to)",
        ["New-Item"] = "[IO.Directory]::CreateDirectory(path)",
        ["New-Object"] = "[Type]::new(…)",
        ["New-TemporaryFile"] = "[IO.Path]::GetTempFileName()",
        ["Pop-Location"] = "$ExecutionContext.SessionState.Path.PopLocation('')",
        ["Push-Location"] = "$ExecutionContext.SessionState.Path.PushCurrentLocation('')",
        ["Read-Host"] = "$Host.UI.ReadLine()",
        ["Remove-Item"] = "[IO.File]::Delete(path)",
        ["Resolve-Path"] = "$ExecutionContext.SessionState.Path.GetResolvedPSPathFromPSPath(path)",
        ["Select-Object"] = "ForEach-Object, (…).Property, (…)[0..9]",
        ["Select-String"] = "Where-Object { $_ -match pattern }",
        ["Set-Content"] = "[IO.File]::WriteAllText(path, text)",
        ["Set-ExecutionPolicy"] = null,
        ["Set-Location"] = "$ExecutionContext.SessionState.Path.SetLocation(path)",
        ["Set-Variable"] = "$name = value",
        ["Sort-Object"] = "[Linq.Enumerable]::Order([string[]](…))",
        ["Split-Path"] = "[IO.Path]::GetDirectoryName(path)",
        ["Start-Process"] = "& program arguments",
        ["Start-Sleep"] = "[Threading.Thread]::Sleep(ms)",
        ["Start-Transcript"] = null,
        ["Stop-Process"] = "[Diagnostics.Process]::GetProcessById(id).Kill()",
        ["Tee-Object"] = null,
        ["Test-Path"] = "[IO.File]::Exists(path)",
        ["Update-TypeData"] = null,
        ["Write-Debug"] = "$PSCmdlet.WriteDebug(text)",
        ["Write-Error"] = "throw, or $PSCmdlet.WriteError(record)",
        ["Write-Host"] = "$Host.UI.WriteLine(text)",
        ["Write-Information"] = "$PSCmdlet.WriteInformation(text, @())",
        ["Write-Output"] = "the value by itself",
        ["Write-Progress"] = "$PSCmdlet.WriteProgress(record)",
        ["Write-Verbose"] = "$PSCmdlet.WriteVerbose(text)",
        ["Write-Warning"] = "$PSCmdlet.WriteWarning(text)",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentence for a command of that name; null when it is none of theirs.</summary>
    public static string? Explain(string command) =>
        !Alternatives.TryGetValue(command, out string? alternative) ? null
        : alternative is null ? $"'{command}' is not here: {Module}. {Advice}"
        : $"'{command}' is not here: {Module}. In its place: {alternative}. {Advice}";

    /// <summary>The engine's hook: puts a command in the place of the unknown one that refuses with the explanation.</summary>
    public static void OnCommandNotFound(object? sender, CommandLookupEventArgs lookup)
    {
        if (Explain(lookup.CommandName) is not null)
        {
            lookup.Command = new CmdletInfo(lookup.CommandName, typeof(AbsentCommand));
        }
    }
}
