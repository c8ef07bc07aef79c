BeforeDiscovery {
    $script:Analyzer = [bool](Get-Module PSScriptAnalyzer -ListAvailable)
    $script:Scripts = Get-ChildItem (Join-Path $PSScriptRoot '../..') -Recurse -Include '*.ps1', '*.psd1' -File |
        Where-Object FullName -NotMatch '[\\/](bin|obj|artifacts|\.git)[\\/]' |
        ForEach-Object { @{ Path = $_.FullName; Name = $_.Name } }
}

Describe 'Scripts' {
    It '<Name> has no finding of PSScriptAnalyzer' -ForEach $Scripts -Skip:(-not $Analyzer) {
        # Tests build secrets from parts to feed them in; the build speaks to its operator.
        $findings = Invoke-ScriptAnalyzer -Path $Path -Severity Error, Warning -ExcludeRule PSAvoidUsingConvertToSecureStringWithPlainText, PSUseShouldProcessForStateChangingFunctions, PSUseDeclaredVarsMoreThanAssignments, PSUseSingularNouns, PSAvoidGlobalVars, PSAvoidGlobalFunctions
        $findings | ForEach-Object { "$($_.RuleName) at line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }
}

Describe 'Views' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
        $null = Start-AfSandbox healthy -NoDatabase | Connect-AfContext
    }

    AfterAll {
        Stop-AfSandbox
    }

    It 'fits a table into <Width> columns' -ForEach @(@{ Width = 80 }, @{ Width = 120 }) {
        $text = Test-AfDeployment -Target preview -Check Binding | Out-String -Width $Width
        $text | Should -BeLike '*Check*Outcome*Target*Finding*'
        $text -split "`r?`n" | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m').TrimEnd().Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual $Width
    }

    It 'shows no colour codes where output is plain text' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            (Get-AfDeployment | Out-String) | Should -Not -Match '\x1b'
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }
}
