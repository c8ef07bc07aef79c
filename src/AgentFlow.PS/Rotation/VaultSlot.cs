using System.Management.Automation;
using System.Security.Cryptography;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>
/// The sealed slot in a registered SecretManagement vault. What was sealed before a vault was registered is still read, and a
/// value that the provider tells only once goes to the file slot when the pipeline ends under it.
/// </summary>
internal sealed class VaultSlot(PSCmdlet cmdlet, OnPipeline onPipeline, string vault, ISealedSlot files) : ISealedSlot
{
    private const string Write = "param($name, $value, $vault) Set-Secret -Name $name -Secret $value -Vault $vault -ErrorAction Stop";
    private const string Read = "param($name) if (Get-SecretInfo -Name $name -ErrorAction Stop) { Get-Secret -Name $name -ErrorAction Stop }";
    private const string Remove = "param($name) Get-SecretInfo -Name $name -ErrorAction Stop | ForEach-Object { Remove-Secret -Name $_.Name -Vault $_.VaultName -ErrorAction Stop }";

    /// <summary>The slot to use: the vault when one is registered, else the files.</summary>
    public static async ValueTask<ISealedSlot> ChooseAsync(PSCmdlet cmdlet, OnPipeline onPipeline, ISealedSlot files, CancellationToken cancellationToken)
    {
        string? vault = (string?)await onPipeline(() => FindVault(cmdlet), cancellationToken).ConfigureAwait(false);
        return vault is null ? files : new VaultSlot(cmdlet, onPipeline, vault, files);
    }

    /// <inheritdoc/>
    public async Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        byte[] value = content.ToArray();
        try
        {
            await RunAsync(Write, cancellationToken, NameOf(name), (byte[])value.Clone(), vault).ConfigureAwait(false);
            byte[]? stored = Bytes(await RunAsync(Read, cancellationToken, NameOf(name)).ConfigureAwait(false));
            if (stored is null || !CryptographicOperations.FixedTimeEquals(stored, value))
            {
                throw Fault("did not give back what was put into it");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await files.SealAsync(name, value, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken) =>
        Bytes(await RunAsync(Read, cancellationToken, NameOf(name)).ConfigureAwait(false)) ?? await files.UnsealAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task DestroyAsync(string name, CancellationToken cancellationToken)
    {
        await RunAsync(Remove, cancellationToken, NameOf(name)).ConfigureAwait(false);
        await files.DestroyAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private static string NameOf(string name) => "AgentFlow." + name;

    // The default vault, else the first: Set-Secret wants one by name.
    private static string? FindVault(PSCmdlet cmdlet)
    {
        if (cmdlet.InvokeCommand.GetCommand("Get-SecretVault", CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            return null;
        }

        List<PSObject> vaults = [.. Invoke(cmdlet, "Get-SecretVault -ErrorAction Stop")];
        PSObject? chosen = vaults.Find(one => LanguagePrimitives.IsTrue(one.Properties["IsDefault"]?.Value)) ?? vaults.FirstOrDefault();
        return chosen?.Properties["Name"]?.Value?.ToString();
    }

    // A copy: what a vault gave may be its own. A byte array comes as one object, or byte by byte where a vault's own function writes it to the pipeline.
    private static byte[]? Bytes(IReadOnlyList<object?> output) => output switch
    {
        [byte[] whole] => [.. whole],
        [] => null,
        _ => output.All(one => one is byte) ? [.. output.Cast<byte>()] : null,
    };

    private static System.Collections.ObjectModel.Collection<PSObject> Invoke(PSCmdlet cmdlet, string script, params object[] arguments) =>
        cmdlet.InvokeCommand.InvokeScript(true, ScriptBlock.Create(script), null, arguments);

    private async ValueTask<IReadOnlyList<object?>> RunAsync(string script, CancellationToken cancellationToken, params object[] arguments)
    {
        object? answer = await onPipeline(
            () =>
            {
                try
                {
                    return Invoke(cmdlet, script, arguments).Select(one => one?.BaseObject).ToList();
                }
                catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException)
                {
                    // The vault's own words may quote what was put into it.
                    return null;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return answer as List<object?> ?? throw Fault("did not take the call");
    }

    private AfFaultException Fault(string what) => new(
        FaultKind.InvalidState,
        FaultId.SlotUnreadable,
        $"The secret vault {vault} {what}.",
        "Unlock it and see with Test-SecretVault that it works, or unregister it to use the protected folder; then Resume-AfEnvRotation.",
        vault);
}
