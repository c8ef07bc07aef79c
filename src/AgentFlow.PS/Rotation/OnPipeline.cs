namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Runs a piece of engine work on the pipeline thread.</summary>
internal delegate ValueTask<object?> OnPipeline(Func<object?> work, CancellationToken cancellationToken);
