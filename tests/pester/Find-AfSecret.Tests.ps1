BeforeDiscovery {
    $script:HasGit = [bool](Get-Command git -CommandType Application -ErrorAction SilentlyContinue)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
    $script:Token = 'ghp_' + ('a1B2c3D4e5' * 4)
    $script:FingerprintKey = ConvertTo-SecureString ([guid]::NewGuid().ToString() * 2) -AsPlainText -Force
}

Describe 'Find-AfSecret in strings' {
    It 'says where and never what' {
        $found = @('first', "t = '$Token'" | Find-AfSecret -FingerprintKey $FingerprintKey)
        $found.Count | Should -Be 1
        $found[0].Rule | Should -Be 'github-token'
        $found[0].Place | Should -Be 'text:2:6'
        $found[0] | Format-List | Out-String | Should -Not -Match ([regex]::Escape($Token))
    }

    It 'finds nothing in ordinary text' {
        'GET /api/health 200', 'commit 1f3870be274f6c49b3e31a0c6728957f0e1d2c3b' | Find-AfSecret -FingerprintKey $FingerprintKey | Should -BeNullOrEmpty
    }
}

Describe 'Find-AfSecret in files' {
    BeforeAll {
        $script:Folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'source')).FullName
        Set-Content -LiteralPath (Join-Path $Folder 'a.ts') -Value "const t = '$Token';"
        Set-Content -LiteralPath (Join-Path $Folder 'clean.ts') -Value 'const t = process.env.T;'
        $script:Baseline = Join-Path $TestDrive 'secrets.baseline.json'
    }

    It 'finds the file' {
        (Find-AfSecret -Path $Folder -FingerprintKey $FingerprintKey).Path | Should -Be (Join-Path $Folder 'a.ts')
    }

    It 'accepts in a baseline and reports again when the acceptance has ended' {
        $null = Find-AfSecret -Path $Folder -Baseline $Baseline -AcceptReason 'fixture' -FingerprintKey $FingerprintKey -Confirm:$false
        Find-AfSecret -Path $Folder -Baseline $Baseline -FingerprintKey $FingerprintKey | Should -BeNullOrEmpty
        $document = Get-Content -LiteralPath $Baseline -Raw | ConvertFrom-Json -AsHashtable
        $document.accepted[0].expires = '2026-01-01'
        $document | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $Baseline
        (Find-AfSecret -Path $Folder -Baseline $Baseline -FingerprintKey $FingerprintKey).Note | Should -Match 'fixture'
    }

    It 'does not write the baseline with -WhatIf' {
        $other = Join-Path $TestDrive 'other.json'
        $null = Find-AfSecret -Path $Folder -Baseline $other -AcceptReason 'fixture' -FingerprintKey $FingerprintKey -WhatIf
        $other | Should -Not -Exist
    }

    It 'says what a missing path is' {
        { Find-AfSecret -Path (Join-Path $TestDrive 'none') -FingerprintKey $FingerprintKey -ErrorAction Stop } | Should -Throw -ErrorId 'AfFileNotFound*'
    }
}

Describe 'Find-AfSecret in a history' -Skip:(-not $HasGit) {
    BeforeAll {
        $script:Repository = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'repository')).FullName
        $settings = '-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'
        Push-Location $Repository
        try {
            git init -q -b main .
            Set-Content -LiteralPath 'a.ts' -Value "const t = '$Token';"
            git add -A
            git @settings commit -q -m 'first'
            Set-Content -LiteralPath 'a.ts' -Value 'const t = process.env.T;'
            git add -A
            git @settings commit -q -m 'second'
        }
        finally {
            Pop-Location
        }
    }

    It 'names the commit that brought it' {
        $found = @(Find-AfSecret -Path $Repository -GitHistory -FingerprintKey $FingerprintKey)
        $found.Count | Should -Be 1
        $found[0].Author | Should -Be 'Ada Example'
        $found[0].Path | Should -Be 'a.ts'
    }

    It 'keeps to a range' {
        Find-AfSecret -Path $Repository -GitRange 'HEAD~1..HEAD' -FingerprintKey $FingerprintKey | Should -BeNullOrEmpty
    }

    It 'takes no option for a range' {
        { Find-AfSecret -Path $Repository -GitRange '--all' -FingerprintKey $FingerprintKey -ErrorAction Stop } | Should -Throw -ErrorId 'AfGitRangeRefused*'
    }
}
