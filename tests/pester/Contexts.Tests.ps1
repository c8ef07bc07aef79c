BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
    $script:Folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $null = New-Item -ItemType Directory -Path $Folder

    function Write-Config([string] $Text) {
        $path = Join-Path $Folder 'agentflow.json'
        Set-Content -LiteralPath $path -Value $Text
        $path
    }
}

AfterAll {
    Stop-AfSandbox
    Remove-Item -LiteralPath $Folder -Recurse -Force
}

Describe 'Connect-AfContext' {
    It 'refuses <Why> with <Id> and changes nothing' -ForEach @(
        @{ Why = 'what is no JSON'; Text = '{ "name": '; Id = 'AfConfigMalformed' }
        @{ Why = 'an unknown name'; Text = '{ "name": "x", "nonsense": 1 }'; Id = 'AfConfigMalformed' }
        @{ Why = 'an address elsewhere'; Text = '{ "name": "x", "endpoints": { "vercel": "https://elsewhere.example" } }'; Id = 'AfConfigEndpointRefused' }
        @{ Why = 'what is no reference'; Text = '{ "name": "x", "vercel": { "token": "not-a-reference" } }'; Id = 'AfSecretReferenceInvalid' }
    ) {
        $path = Write-Config $Text
        { Connect-AfContext $path -ErrorAction Stop } | Should -Throw -ErrorId "$Id*"
        { Get-AfContext -ErrorAction Stop } | Should -Throw -ErrorId 'AfContextMissing*'
    }

    It 'refuses a secret in the file by its line, never by its value' {
        # Put together here, so that no scanner takes this file for a leak.
        $fake = 'sk_' + 'live_' + ('aB3dE5fG7' * 4)
        $path = Write-Config "{ `"name`": `"x`",`n `"stripe`": {`n `"key`": `"$fake`" } }"
        $thrown = { Connect-AfContext $path -ErrorAction Stop } | Should -Throw -ErrorId 'AfConfigHoldsSecret*' -PassThru
        $thrown.Exception.Message | Should -BeLike '*line 3*'
        ($Error | Out-String) | Should -Not -BeLike "*$fake*"
    }

    It 'reads a vault entry through SecretManagement' {
        $box = Start-AfSandbox healthy -NoDatabase
        $config = Get-Content -LiteralPath $box.ConfigPath -Raw | ConvertFrom-Json
        $global:AfTestToken = Get-Content -LiteralPath ($config.vercel.token -replace '^file:') -Raw | ForEach-Object Trim | ConvertTo-SecureString -AsPlainText -Force
        function global:Get-Secret { param($Name) if ($Name -eq 'sandbox') { $global:AfTestToken } }
        try {
            $config.vercel.token = 'vault:sandbox'
            $path = Write-Config ($config | ConvertTo-Json -Depth 20)
            $null = Connect-AfContext $path
            @(Get-AfDeployment -First 1).Count | Should -Be 1
        }
        finally {
            Remove-Item -LiteralPath Function:\Get-Secret
            Remove-Variable -Name AfTestToken -Scope Global
            Disconnect-AfContext
        }
    }

    It 'keeps the contexts of parallel runspaces apart' {
        $path = Write-Config '{ "name": "mine" }'
        $null = Connect-AfContext $path
        $module = (Get-Module AgentFlow.PS).Path
        $ids = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:module
            try { Get-AfContext -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
        }
        $ids | Should -Be @('AfContextMissing', 'AfContextMissing')
        (Get-AfContext).Name | Should -Be 'mine'
        Disconnect-AfContext
    }
}

Describe 'Test-AfContext' {
    It 'says who each credential is' {
        $null = Start-AfSandbox healthy -NoDatabase | Connect-AfContext
        $results = Test-AfContext
        $results | Where-Object { $_.CheckId -eq 'AFC001' -and $_.Target -in 'Vercel', 'GitHub' } | ForEach-Object Outcome | Should -Be @('Pass', 'Pass')
    }

    It 'reports a token that may do more than is needed' {
        $null = Start-AfSandbox broad-token -NoDatabase | Connect-AfContext
        Test-AfContext | Where-Object { $_.CheckId -eq 'AFC003' -and $_.Target -eq 'GitHub' } | ForEach-Object Outcome | Should -Be 'Warn'
    }
}

Describe 'New-AfConfig' {
    It 'writes pins and references and no secret, and reads what it wrote' {
        $null = Start-AfSandbox healthy -NoDatabase | Connect-AfContext
        $path = Join-Path $Folder 'made.json'
        $made = New-AfConfig agentflow -Path $path -Confirm:$false
        $made.Vercel.ProjectId | Should -BeLike 'prj_*'
        (Connect-AfContext $path -NoDefault).ProjectId | Should -Be $made.Vercel.ProjectId
        { New-AfConfig agentflow -Path $path -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AfConfigExists*'
    }

    It 'writes nothing under -WhatIf' {
        $path = Join-Path $Folder 'planned.json'
        $null = New-AfConfig agentflow -Path $path -WhatIf
        Test-Path -LiteralPath $path | Should -BeFalse
    }
}
