using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Rotation;

/// <summary>A registered SecretManagement vault takes the pending value; the commands are stood in for by functions of the same names and parameters.</summary>
public sealed class VaultSlotTests(RotationRehearsal rehearsal) : IClassFixture<RotationRehearsal>
{
    private const string Yes = RotationRehearsal.Yes;

    private const string Vault = """
        $global:vault = @{}
        $global:locked = $false
        function global:Get-SecretVault { [CmdletBinding()] param() [pscustomobject]@{ Name = 'First'; IsDefault = $false }; [pscustomobject]@{ Name = 'Team'; IsDefault = $true } }
        function global:Set-Secret { [CmdletBinding()] param($Name, $Secret, $Vault) if ($global:locked) { throw "The vault is locked: $Secret" }; if ($Secret -isnot [byte[]]) { throw 'not bytes' }; $global:vault["$Vault/$Name"] = $Secret }
        function global:Get-SecretInfo { [CmdletBinding()] param($Name) foreach ($key in @($global:vault.Keys)) { if ($key.Split('/')[1] -eq $Name) { [pscustomobject]@{ Name = $Name; VaultName = $key.Split('/')[0] } } } }
        function global:Get-Secret { [CmdletBinding()] param($Name) if ($global:locked) { throw 'The vault is locked.' }; , $global:vault["Team/$Name"] }
        function global:Remove-Secret { [CmdletBinding()] param($Name, $Vault) $global:vault.Remove("$Vault/$Name") }
        """;

    [Fact]
    public async Task The_pending_value_is_in_the_default_vault_and_not_in_a_file_and_gone_when_it_is_proven()
    {
        await rehearsal.ResetAsync();
        Assert.Empty(rehearsal.Run(Vault).Errors);
        await rehearsal.Session.AddFaultAsync(new { match = new { provider = "vercel", method = "POST", pathContains = "/v13/deployments" }, kind = "status", status = 403, times = 1 });
        dynamic held = rehearsal.One($"Invoke-AfEnvRotation stripe-webhook {Yes}");
        Assert.Equal(("Held", "Refused"), ((string)held.State.ToString(), (string)held.Hold.Code.ToString()));
        Assert.Equal($"Team/AgentFlow.{held.RotationId}-g1", rehearsal.Run("$vault.Keys").Output[0].ToString());
        Assert.Empty(Directory.EnumerateFiles(rehearsal.JournalFolder, "*.sealed", SearchOption.AllDirectories));
        dynamic draining = rehearsal.One($"Resume-AfEnvRotation stripe-webhook {Yes}");
        Assert.Equal("Draining", draining.State.ToString());
        Assert.Empty(rehearsal.Run("$vault.Keys").Output);
    }

    [Fact]
    public async Task A_locked_vault_holds_and_what_it_says_is_not_repeated()
    {
        await rehearsal.ResetAsync();
        Assert.Empty(rehearsal.Run(Vault + "\n$global:locked = $true").Errors);
        EngineResult result = rehearsal.Run($"Invoke-AfEnvRotation session-secret {Yes}");
        dynamic held = Assert.Single(result.Output).BaseObject;
        Assert.Equal(("Held", "ValueUnreadable"), ((string)held.State.ToString(), (string)held.Hold.Code.ToString()));
        Assert.Contains("Team", (string)held.Hold.Reason, StringComparison.Ordinal);
        Assert.Contains("Unlock", (string)held.Hold.Todo, StringComparison.Ordinal);
        Assert.DoesNotContain("The vault is locked:", RotationRehearsal.Said(result), StringComparison.Ordinal);
        dynamic draining = rehearsal.One($"$global:locked = $false; Resume-AfEnvRotation session-secret {Yes}");
        Assert.Equal("Draining", draining.State.ToString());
    }
}
