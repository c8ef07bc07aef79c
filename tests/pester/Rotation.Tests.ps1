BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
}

Describe 'Rotating a credential' {
    BeforeAll {
        $null = Start-AfSandbox healthy -NoDatabase | Connect-AfContext
        $script:Yes = @{ Confirm = $false; ConfirmTarget = 'agentflow' }
    }

    AfterAll {
        Stop-AfSandbox
    }

    It 'lists the credentials with their kind and due date' {
        $all = @(Get-AfCredential)
        $all.Name | Should -Contain 'session-secret'
        ($all | Where-Object Name -eq 'session-secret').DueAt | Should -Not -BeNullOrEmpty
    }

    It 'plans without writing' {
        $plan = Invoke-AfEnvRotation session-secret -WhatIf
        $plan.Blockers | Should -BeNullOrEmpty
        Get-AfEnvRotation session-secret | Should -BeNullOrEmpty
    }

    It 'refuses to write without a prompt and without a target' {
        { Invoke-AfEnvRotation session-secret -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AfRotationStateRefused*'
    }

    It 'applies a reviewed plan and stops at Draining' {
        $record = Invoke-AfEnvRotation session-secret -WhatIf | Invoke-AfEnvRotation @Yes
        $record.State | Should -Be 'Draining'
        $record.Proof | Should -Be 'SameValue'
    }

    It 'does not revoke while its gate is shut' {
        $record = Complete-AfEnvRotation session-secret @Yes
        $record.State | Should -Be 'Draining'
        $record.Blockers.Code | Should -Contain 'RollbackFloor'
    }

    It 'holds where a person must make the value, and never prompts' {
        $record = Invoke-AfEnvRotation openai-key @Yes
        $record.State | Should -Be 'Held'
        $record.Hold.Todo | Should -Match 'Resume-AfEnvRotation openai-key -Value'
    }

    It 'keeps a journal that verifies, also against heads kept as JSON' {
        $kept = Get-AfJournal -Head | ConvertTo-Json -Depth 3 | ConvertFrom-Json
        Test-AfJournal -Anchor $kept | Where-Object Outcome -ne 'Pass' | Should -BeNullOrEmpty
    }

    It 'gives a ticket text without a value' {
        Get-AfEnvRotation session-secret -AsTicketText | Should -Match 'No value of a credential is part of this text'
    }
}
