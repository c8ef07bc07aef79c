using System.Collections.Immutable;
using AgentFlow.Sandbox.Recording;

namespace AgentFlow.Sandbox.Faults;

/// <summary>The faults in force, in the order in which they were asked for.</summary>
internal sealed class FaultBook
{
    private ImmutableArray<FaultRule> _rules = [];

    public IReadOnlyList<FaultRule> Rules => _rules;

    public void Add(FaultRule rule) => ImmutableInterlocked.Update(ref _rules, rules => rules.Add(rule));

    public void Clear() => _rules = [];

    /// <summary>Every fault that befalls a request; latency and one other kind may come together.</summary>
    public IReadOnlyList<FaultRule> For(RequestRecord request) => _rules.IsEmpty ? [] : [.. _rules.Where(rule => rule.Befalls(request))];
}
