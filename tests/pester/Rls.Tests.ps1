BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
    $probe = Start-AfSandbox healthy
    $script:NoDatabase = -not $probe.DatabaseAvailable
    $probe | Stop-AfSandbox
}

Describe 'Tenant isolation of the rehearsed database' -Skip:$NoDatabase {
    BeforeAll {
        Start-AfSandbox healthy | Connect-AfContext | Out-Null
        $script:Member = Get-AfMembership -Active -Role member | Select-Object -First 1
        $script:Stranger = Get-AfMembership -Active | Where-Object Tenant -ne $Member.Tenant | Select-Object -First 1
    }

    AfterAll {
        Stop-AfSandbox
    }

    It 'lists memberships without names or addresses' {
        $Member.UserId | Should -Match '^[0-9a-f-]{36}$'
        @(Get-AfMembership -Inactive).Count | Should -BeGreaterThan 0
        @(Get-AfMembership -User $Member.UserId)[0].Tenant | Should -Be $Member.Tenant
    }

    It 'lists policies and grants with wildcards' {
        @(Get-AfRlsPolicy 'lead*').Name | Should -Contain 'leads_select'
        @(Get-AfGrant leads -Privilege SELECT).Grantee | Should -Contain 'authenticated'
        @(Get-AfGrant -Grantee anon -Kind Table).Count | Should -Be 0
    }

    It 'allows a member to read the own organization and says why a stranger may not' {
        (Trace-AfRlsDecision organizations -User $Member.UserId -Key $Member.Tenant)[-1].Outcome | Should -Be 'Pass'
        $denied = (Trace-AfRlsDecision organizations -User $Stranger.UserId -Key $Member.Tenant)[-1]
        $denied.Outcome | Should -Be 'Deny'
        $denied.Reason | Should -Match 'no membership in tenant'
    }

    It 'refuses a role that bypasses row security' {
        { Trace-AfRlsDecision leads -User $Member.UserId -As service_role -ErrorAction Stop } | Should -Throw -ErrorId 'AfRlsRoleBypasses*'
    }

    It 'learns a spec and does not overwrite it' {
        $path = Join-Path $TestDrive 'rls.spec.json'
        (New-AfRlsSpec $path -Confirm:$false).Matrix.Count | Should -BeGreaterThan 0
        { New-AfRlsSpec $path -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AfRlsSpecExists*'
        (Get-Content $path -Raw | ConvertFrom-Json).membership.table | Should -Be 'public.memberships'
    }

    It 'makes a fixture, removes it exactly and is content when it is gone' {
        $before = @(Get-AfMembership).Count
        $made = New-AfTenantFixture pester -ExpectedEnvironment local -Confirm:$false
        $made.State | Should -Be 'Present'
        @(Get-AfMembership).Count | Should -BeGreaterThan $before
        ($made | Remove-AfTenantFixture -ExpectedEnvironment local -Confirm:$false).State | Should -Be 'Removed'
        @(Get-AfMembership).Count | Should -Be $before
        (Remove-AfTenantFixture pester -ExpectedEnvironment local -Confirm:$false).State | Should -Be 'Absent'
    }

    It 'refuses to write where another environment was expected' {
        { New-AfTenantFixture pester -ExpectedEnvironment staging -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AfProductionGuard*'
    }
}
