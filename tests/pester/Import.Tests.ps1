BeforeAll {
    $script:Manifest = Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1'
}

Describe 'Import' {
    It 'has a valid manifest' {
        Test-ModuleManifest -Path $Manifest -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'imports without an error and exports only cmdlets' {
        $module = Import-Module $Manifest -Force -PassThru -ErrorAction Stop
        $module.ExportedCmdlets.Count | Should -BeGreaterThan 10
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
    }

    It 'survives Remove-Module and a second import' {
        Import-Module $Manifest -Force
        $before = @(Get-Command -Module AgentFlow.PS).Count
        Remove-Module AgentFlow.PS
        Import-Module $Manifest
        @(Get-Command -Module AgentFlow.PS).Count | Should -Be $before
    }

    It 'lets a script name its records' {
        Import-Module $Manifest -Force
        [AgentFlow.CheckOutcome]::Pass.ToString() | Should -BeExactly 'Pass'
    }
}
