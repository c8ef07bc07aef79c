using AgentFlow.Faults;

namespace AgentFlow.Safety;

/// <summary>Where a secret is kept: <c>env:NAME</c>, <c>vault:NAME</c> or <c>file:PATH</c>. The reference itself is not secret.</summary>
public sealed record SecretReference
{
    private SecretReference(SecretSource source, string name)
    {
        Source = source;
        Name = name;
    }

    /// <summary>Kind of place.</summary>
    public SecretSource Source { get; }

    /// <summary>Variable name, vault entry or path.</summary>
    public string Name { get; }

    /// <summary>Parses a reference. The text itself never enters the error: somebody may have put the value there.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.SecretReferenceInvalid"/>.</exception>
    public static SecretReference Parse(string text, string usedFor)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? string.Empty : text[(colon + 1)..];
        SecretSource? source = colon < 0 ? null : text.AsSpan(0, colon) switch
        {
            "env" => SecretSource.Environment,
            "vault" => SecretSource.Vault,
            "file" => SecretSource.File,
            _ => null,
        };
        return source is { } known && name.Length > 0 && !name.AsSpan().ContainsAny('\r', '\n', '\0')
            ? new(known, name)
            : throw new AfFaultException(
                FaultKind.InvalidArgument,
                FaultId.SecretReferenceInvalid,
                $"The value given for {usedFor} is not a secret reference.",
                "Write env:NAME, vault:NAME or file:PATH; never the secret itself.",
                usedFor);
    }

    /// <inheritdoc/>
    public override string ToString() => Source switch
    {
        SecretSource.Environment => $"env:{Name}",
        SecretSource.Vault => $"vault:{Name}",
        _ => $"file:{Name}",
    };
}
