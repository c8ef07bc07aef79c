using AgentFlow.Sandbox.Hosting;

return await SandboxProgram.RunAsync(args).ConfigureAwait(false);
