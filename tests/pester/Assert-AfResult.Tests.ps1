BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
    $script:Variables = 'GITHUB_ACTIONS', 'TF_BUILD'
    $script:Kept = @{}
    foreach ($name in $Variables) {
        $Kept[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }
}

AfterAll {
    foreach ($name in $Variables) {
        [Environment]::SetEnvironmentVariable($name, $Kept[$name])
    }
}

Describe 'Assert-AfResult' {
    It 'does not call an empty pipeline green' {
        { @() | Assert-AfResult -ErrorAction Stop } | Should -Throw -ErrorId 'AfResultNotGreen*'
    }

    It 'refuses what is not a check result' {
        { 'text' | Assert-AfResult -ErrorAction Stop } | Should -Throw -ErrorId 'AfResultInvalid*'
    }
}
