BeforeAll {
    $script:Manifest = Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1'
    $script:Pwsh = (Get-Process -Id $PID).Path
}

Describe 'Isolation' {
    It 'puts nothing but the loader into the default load context' {
        $names = & $Pwsh -NoProfile -NonInteractive -Command {
            param($Manifest)
            Import-Module $Manifest
            Get-AfContext -ErrorAction SilentlyContinue
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies |
                ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like 'AgentFlow*' -or $_ -like 'Npgsql*' -or $_ -like 'Octokit*' -or $_ -like 'Polly*' }
        } -args $Manifest
        $names | Should -Be 'AgentFlow.PS.Loader'
    }

    It 'does not collide with another version of a dependency' {
        $answer = & $Pwsh -NoProfile -NonInteractive -Command {
            param($Manifest)
            $null = [System.Reflection.Assembly]::Load('Microsoft.Extensions.Logging.Abstractions') 2>$null
            Import-Module $Manifest
            (Get-Command -Module AgentFlow.PS).Count -gt 10
        } -args $Manifest
        $answer | Select-Object -Last 1 | Should -BeTrue
    }
}
