@{
    RootModule             = 'AgentFlow.PS.dll'
    NestedModules          = @('AgentFlow.PS.Loader.dll', 'AgentFlow.Core.dll')
    ModuleVersion          = '0.1.0'
    CompatiblePSEditions   = @('Core')
    GUID                   = '5b0d8c4e-2a57-4c39-9f0e-7a6f2f6a91d3'
    Author                 = 'AgentFlow.PS contributors'
    CompanyName            = 'AgentFlow'
    Copyright              = '(c) AgentFlow.PS contributors. MIT.'
    Description            = 'The Admin Runbook of a Next.js, Vercel, Supabase, Stripe and SES application as typed PowerShell cmdlets: verify deployments, rotate credentials, prove tenant isolation, run incidents.'
    PowerShellVersion      = '7.6'
    FormatsToProcess       = @('AgentFlow.PS.Format.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Assert-AfResult'
        'Complete-AfEnvRotation'
        'Confirm-AfEnvRotation'
        'Connect-AfContext'
        'Disconnect-AfContext'
        'Find-AfMissingEnv'
        'Find-AfSecret'
        'Get-AfBuildLog'
        'Get-AfContext'
        'Get-AfCredential'
        'Get-AfDeployment'
        'Get-AfEnvRotation'
        'Get-AfEnvVariable'
        'Get-AfGrant'
        'Get-AfJournal'
        'Get-AfMembership'
        'Get-AfRlsPolicy'
        'Invoke-AfEnvRotation'
        'Invoke-AfLeadQualification'
        'New-AfConfig'
        'New-AfRlsSpec'
        'New-AfTenantFixture'
        'Protect-AfText'
        'Remove-AfTenantFixture'
        'Resume-AfEnvRotation'
        'Start-AfSandbox'
        'Stop-AfEnvRotation'
        'Stop-AfSandbox'
        'Test-AfContext'
        'Test-AfDeployment'
        'Test-AfJournal'
        'Test-AfRls'
        'Test-AfRoute'
        'Trace-AfRlsDecision'
        'Undo-AfEnvRotation'
        'Wait-AfDeployment'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags       = @('Vercel', 'Supabase', 'Stripe', 'SES', 'Runbook', 'RLS', 'Operations', 'PSEdition_Core')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
