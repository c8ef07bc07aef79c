namespace AgentFlow.Sandbox.Hosting;

/// <summary>Maps a provider's operations: read the call, pass the gate (credential, rate limit), answer under the sandbox's lock.</summary>
/// <param name="routes">Where to.</param>
/// <param name="sandbox">The shared state.</param>
/// <param name="provider">Whose credentials count.</param>
/// <param name="gate">Refuses a call before its operation runs; null lets it pass.</param>
internal sealed class ProviderRoutes(IEndpointRouteBuilder routes, SandboxState sandbox, string provider, Func<Call, Answer?> gate)
{
    /// <summary>Maps one operation whose answer is made at once.</summary>
    public void On(string method, string path, Func<Call, Answer> operation) => routes.MapMethods(path, [method], async http =>
    {
        Call call = await Call.ReadAsync(http, sandbox.Tokens, provider).ConfigureAwait(false);
        Answer answer;
        lock (sandbox.Gate)
        {
            answer = gate(call) ?? operation(call);
        }

        await answer.SendAsync(http).ConfigureAwait(false);
    });

    /// <summary>Maps one operation that writes its answer piece by piece; it takes the lock itself where it needs it.</summary>
    public void Stream(string method, string path, Func<Call, Task> operation) => routes.MapMethods(path, [method], async http =>
    {
        Call call = await Call.ReadAsync(http, sandbox.Tokens, provider).ConfigureAwait(false);
        Answer? refusal;
        lock (sandbox.Gate)
        {
            refusal = gate(call);
        }

        await (refusal is null ? operation(call) : refusal.SendAsync(http)).ConfigureAwait(false);
    });
}
