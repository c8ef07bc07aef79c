BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
}

Describe 'A rehearsal without an account' {
    BeforeAll {
        $script:Box = Start-AfSandbox healthy
        $null = $Box | Connect-AfContext
    }

    AfterAll {
        Stop-AfSandbox
    }

    It 'connects to the sandbox' {
        (Get-AfContext).IsSandbox | Should -BeTrue
    }

    It 'lists deployments' {
        @(Get-AfDeployment).Count | Should -BeGreaterThan 0
    }

    It 'finds no fault in the healthy binding' {
        Test-AfDeployment -Target preview -Check Binding | Where-Object Outcome -in 'Fail', 'Error' | Should -BeNullOrEmpty
    }

    It 'gives exactly one bool with -Quiet' {
        $answer = @(Test-AfDeployment -Target preview -Check Binding -Quiet)
        $answer.Count | Should -Be 1
        $answer[0] | Should -BeOfType [bool]
    }

    It 'stops the process it started' {
        $second = Start-AfSandbox healthy -NoDatabase
        $second | Stop-AfSandbox
        Get-Process -Id $second.Id -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}

Describe 'Without a context' {
    It 'says how to get one' {
        Disconnect-AfContext -ErrorAction SilentlyContinue
        { Get-AfDeployment -ErrorAction Stop } | Should -Throw -ErrorId 'AfContextMissing*'
    }
}
