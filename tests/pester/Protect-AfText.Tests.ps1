BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../artifacts/AgentFlow.PS/AgentFlow.PS.psd1') -Force
    # Built at run time, so that no file holds what looks like a live key.
    $script:Key = 'sk_' + 'live_' + ('a1B2c3D4' * 3)
}

Describe 'Protect-AfText with strings' {
    It 'replaces a key and leaves the rest' {
        "STRIPE=$Key;" | Protect-AfText | Should -Match '^STRIPE=\[REDACTED:[a-z-]+#[a-z]{10}\];$'
    }

    It 'gives one string for each' {
        $lines = 'one', '', "two $Key", 'three'
        $safe = @($lines | Protect-AfText)
        $safe.Count | Should -Be 4
        $safe[0, 1, 3] | Should -Be 'one', '', 'three'
    }

    It 'hides every line of a key block that comes line by line' {
        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        $lines = $rsa.ExportRSAPrivateKeyPem() -split "`n"
        $rsa.Dispose()
        $safe = @($lines | Protect-AfText) -join "`n"
        foreach ($line in $lines[1..($lines.Count - 2)]) {
            $safe | Should -Not -Match ([regex]::Escape($line.Substring(0, 8)))
        }
    }

    It 'hides values of your own in any encoding' {
        $own = ConvertTo-SecureString 'corr/ect horse 7' -AsPlainText -Force
        'x corr%2Fect%20horse%207 y' | Protect-AfText -AddSecret $own | Should -Match '^x \[REDACTED:known-value#[a-z]{10}\] y$'
    }

    It 'warns of an everyday word' {
        $word = ConvertTo-SecureString 'production' -AsPlainText -Force
        'production' | Protect-AfText -AddSecret $word -WarningVariable said -WarningAction SilentlyContinue | Should -BeExactly 'production'
        $said.Count | Should -Be 1
    }
}

Describe 'Protect-AfText with objects' {
    It 'goes by names' {
        $safe = [pscustomobject]@{ Password = 'plain'; Name = 'Ada'; Inner = @{ client_secret = 'plain' } } | Protect-AfText
        $safe.Password | Should -Match '^\[REDACTED:named-value#'
        $safe.Inner.client_secret | Should -Match '^\[REDACTED:named-value#'
        $safe.Name | Should -BeExactly 'Ada'
    }

    It 'makes text of errors' {
        { throw "failed with $Key" } | ForEach-Object { try { & $_ } catch { $_ } } | Protect-AfText | Should -Not -Match ([regex]::Escape($Key))
    }

    It 'refuses what it cannot see through' {
        { Get-Item -LiteralPath $TestDrive | Protect-AfText -ErrorAction Stop } | Should -Throw -ErrorId 'AfTextExpected*'
    }
}

Describe 'Protect-AfText with files' {
    BeforeEach {
        $script:Source = Join-Path $TestDrive 'in.log'
        $script:Copy = Join-Path $TestDrive 'out.log'
        Set-Content -LiteralPath $Source -Value "wide $Key" -Encoding unicode
        Remove-Item -LiteralPath $Copy -ErrorAction SilentlyContinue
    }

    It 'keeps the encoding and counts per kind' {
        $report = Protect-AfText -Path $Source -Destination $Copy
        $report.Encoding | Should -Be 'utf-16'
        $report.Total | Should -Be 1
        Get-Content -LiteralPath $Copy -Encoding unicode | Should -Match '^wide \[REDACTED:'
    }

    It 'takes files from Get-ChildItem' {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'copies') -Force
        Get-ChildItem -LiteralPath $TestDrive -Filter 'in.log' | Protect-AfText -Destination $folder.FullName -Force | Should -Not -BeNullOrEmpty
        Join-Path $folder.FullName 'in.log' | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        Protect-AfText -Path $Source -Destination $Copy -WhatIf
        $Copy | Should -Not -Exist
    }

    It 'keeps what is there without -Force' {
        Set-Content -LiteralPath $Copy -Value 'precious'
        { Protect-AfText -Path $Source -Destination $Copy -ErrorAction Stop } | Should -Throw -ErrorId 'AfFileExists*'
        Get-Content -LiteralPath $Copy | Should -BeExactly 'precious'
    }

    It 'never writes the source' {
        { Protect-AfText -Path $Source -Destination $Source -Force -ErrorAction Stop } | Should -Throw -ErrorId 'AfDestinationRefused*'
    }
}
