namespace AgentFlow.Sandbox.Access;

/// <summary>A credential of the rehearsed world, made at run time and worth nothing elsewhere.</summary>
/// <param name="Provider">Name of the part that accepts it.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Value">The secret.</param>
/// <param name="File">Where the secret lies for the config's <c>file:</c> reference.</param>
internal sealed record IssuedToken(string Provider, string Name, string Value, string File);
