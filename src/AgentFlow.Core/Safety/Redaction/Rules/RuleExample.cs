namespace AgentFlow.Safety.Redaction;

/// <summary>A made-up text that a rule must find something in, and the part that must be gone.</summary>
/// <param name="Text">The secret in the surroundings that give it away; for a token the token alone.</param>
/// <param name="Secret">What must not be left.</param>
internal sealed record RuleExample(string Text, string Secret)
{
    /// <summary>An example whose text is the secret.</summary>
    public static RuleExample Bare(string secret) => new(secret, secret);

    /// <summary>An example in surroundings; <c>{0}</c> stands for the secret.</summary>
    public static RuleExample In(string surroundings, string secret) => new(surroundings.Replace("{0}", secret, StringComparison.Ordinal), secret);

    /// <summary>A random text of a grammar, see <see cref="TokenPattern"/>.</summary>
    public static string Draw(Random random, string grammar) => TokenPattern.Draw(random, grammar);
}
