namespace AgentFlow.TestKit.Contracts;

/// <summary>One way in which an exchange differs from the contract.</summary>
/// <param name="Side"><c>request</c> or <c>response</c>.</param>
/// <param name="Operation">Method and path.</param>
/// <param name="Problem">What is wrong, with the place in the body where that applies.</param>
public sealed record ContractViolation(string Side, string Operation, string Problem)
{
    public override string ToString() => $"{Side} of {Operation}: {Problem}";
}
