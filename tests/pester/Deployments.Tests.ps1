BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
}

AfterAll {
    Stop-AfSandbox
}

Describe 'Test-AfDeployment on <Scenario>' -ForEach @(
    @{ Scenario = 'wrong-repository'; Check = 'AFD002' }
    @{ Scenario = 'cli-upload'; Check = 'AFD003' }
    @{ Scenario = 'unknown-commit'; Check = 'AFD004' }
    @{ Scenario = 'wrong-branch'; Check = 'AFD005' }
    @{ Scenario = 'stale-alias'; Check = 'AFD006' }
    @{ Scenario = 'foreign-domain'; Check = 'AFD008' }
    @{ Scenario = 'broken-route'; Check = 'AFD020' }
    @{ Scenario = 'open-redirect'; Check = 'AFD021' }
) {
    BeforeAll {
        $script:Box = Start-AfSandbox $Scenario -NoDatabase
        $null = $Box | Connect-AfContext
    }

    AfterAll {
        $Box | Stop-AfSandbox
    }

    It 'fails at <Check>, with a reason and a fix' {
        $failed = @(Test-AfDeployment -Check Binding, Route | Where-Object { $_.CheckId -eq $Check -and $_.Outcome -eq 'Fail' })
        $failed.Count | Should -BeGreaterThan 0
        $failed[0].Reason | Should -Not -BeNullOrEmpty
        $failed[0].Remediation | Should -Not -BeNullOrEmpty
    }
}

Describe 'On a healthy deployment' {
    BeforeAll {
        $null = Start-AfSandbox healthy -NoDatabase | Connect-AfContext
    }

    It 'streams records of one run' {
        $results = @(Test-AfDeployment -Target preview -Check Binding, Route)
        @($results.RunId | Select-Object -Unique).Count | Should -Be 1
        $results | Where-Object Outcome -in 'Fail', 'Error' | Should -BeNullOrEmpty
    }

    It 'ends early when nobody reads on' {
        @(Test-AfDeployment -Check Binding | Select-Object -First 1).Count | Should -Be 1
    }

    It 'pages, filters and sorts deployments' {
        $all = @(Get-AfDeployment)
        $all.Count | Should -BeGreaterThan 3
        $all.CreatedAt | Should -Be @($all.CreatedAt | Sort-Object -Descending)
        @(Get-AfDeployment -First 2).Count | Should -Be 2
        @(Get-AfDeployment -Target production).Target | Select-Object -Unique | Should -Be 'production'
    }

    It 'goes on with the next input after a bad one' {
        $good = (Get-AfDeployment -First 1).Id
        $out = 'dpl_doesnotexist', $good | Get-AfDeployment -ErrorAction SilentlyContinue -ErrorVariable bad
        $out.Id | Should -Be $good
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'AfResourceNotFound*'
    }

    It 'lists names of variables and no value' {
        $variables = @(Get-AfEnvVariable)
        $variables.Count | Should -BeGreaterThan 3
        ($variables | Get-Member -MemberType Property).Name | Should -Not -Contain 'Value'
    }

    It 'waits for what is ready already' {
        (Get-AfDeployment -First 1 | Wait-AfDeployment).State | Should -Be 'READY'
    }

    It 'serialises its records to JSON' {
        $json = Test-AfRoute -Target preview | ConvertTo-Json -Depth 5 -EnumsAsStrings
        ($json | ConvertFrom-Json)[0].CheckId | Should -BeLike 'AFD02*'
    }

    It 'completes deployment ids without asking anybody' {
        $id = (Get-AfDeployment -First 1).Id
        $line = 'Get-AfBuildLog dpl_'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain $id
    }
}

Describe 'Find-AfMissingEnv' {
    It 'takes a pasted line' {
        ('Error: Environment variable not found: DATABASE_URL.' | Find-AfMissingEnv).Name | Should -Be 'DATABASE_URL'
    }

    It 'reads the build log of a deployment that lacks names' {
        $null = Start-AfSandbox missing-env -NoDatabase | Connect-AfContext
        $missing = @(Get-AfDeployment -State ERROR -First 1 | Get-AfBuildLog | Find-AfMissingEnv)
        $missing.Count | Should -BeGreaterThan 0
        $missing.Name | Should -Not -Contain $null
    }

    It 'refuses what is no text' {
        { 1 | Find-AfMissingEnv -ErrorAction Stop } | Should -Throw -ErrorId 'AfInputInvalid*'
    }
}

Describe 'Invoke-AfLeadQualification' {
    It 'refuses production, and there is no -Force' {
        $null = Start-AfSandbox healthy -NoDatabase | Connect-AfContext
        { Invoke-AfLeadQualification -Target production -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AfProductionGuard*'
        (Get-Command Invoke-AfLeadQualification).Parameters.Keys | Should -Not -Contain 'Force'
    }
}
