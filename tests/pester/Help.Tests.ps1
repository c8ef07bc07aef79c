BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
    $script:Commands = Get-Command -Module AgentFlow.PS | ForEach-Object { @{ Name = $_.Name } }
    $script:Topics = Get-ChildItem (Join-Path $PSScriptRoot '../../en-US') -Filter 'about_*.help.txt' |
        ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$' } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
}

Describe 'Help of <Name>' -ForEach $Commands {
    It 'has a synopsis, a description and two examples' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "*$Name*``[*"
        $help.Description | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }) {
            $text = (Get-Help $Name -Parameter $parameter).Description.Text
            $text | Should -Not -BeNullOrEmpty -Because "-$parameter is a parameter of $Name"
        }
    }
}

Describe 'Topic <Topic>' -ForEach $Topics {
    It 'is found by Get-Help' {
        (Get-Help $Topic | Out-String).Length | Should -BeGreaterThan 200
    }
}
