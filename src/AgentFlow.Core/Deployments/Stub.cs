// Placeholders so that main compiles until the branches vercel and missingenv land: whoever brings the real types deletes this file.
#pragma warning disable
using AgentFlow.Checks;
namespace AgentFlow { public sealed record MissingEnv { public required string Name { get; init; } public required string Source { get; init; } public required string Parser { get; init; } public required int Line { get; init; } } }
namespace AgentFlow.Deployments.BuildLogs { public sealed class MissingEnvScanner { public IReadOnlyList<MissingEnv> Feed(ReadOnlySpan<char> line) => []; public IReadOnlyList<MissingEnv> Complete() => []; } }
