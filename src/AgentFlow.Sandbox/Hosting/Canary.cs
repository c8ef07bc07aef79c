namespace AgentFlow.Sandbox.Hosting;

/// <summary>A string that must never leave the product: planted into every free text that the providers send.</summary>
internal sealed class Canary
{
    /// <summary>The planted string; null when none is.</summary>
    public string? Value { get; set; }

    /// <summary>The text with the canary at its end.</summary>
    public string In(string text) => Value is { } value ? $"{text} {value}" : text;
}
