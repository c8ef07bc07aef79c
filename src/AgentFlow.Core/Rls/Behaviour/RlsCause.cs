namespace AgentFlow.Rls.Behaviour;

/// <summary>The object that lets something happen.</summary>
/// <param name="Target">Its name as findings give it: <c>schema.table</c>, <c>schema.function(type)</c>, <c>role name</c>.</param>
/// <param name="Words">It in a sentence: <c>policy "x" on public.leads</c>.</param>
/// <param name="Fix">SQL that a person may run, or advice.</param>
/// <param name="IsShared">True for what stands behind several tables, so that one finding speaks for all.</param>
public sealed record RlsCause(string Target, string Words, string Fix, bool IsShared);
