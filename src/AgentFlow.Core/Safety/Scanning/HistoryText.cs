namespace AgentFlow.Safety.Scanning;

/// <summary>A text as a commit brought it.</summary>
/// <param name="Commit">Id of the commit.</param>
/// <param name="Author">Name of its author.</param>
/// <param name="At">When it was written.</param>
/// <param name="Path">Path within the repository, with slashes; null for the commit's own message.</param>
/// <param name="Root">Full path of the repository's top folder.</param>
/// <param name="Content">The bytes; only valid until the next text.</param>
public sealed record HistoryText(string Commit, string? Author, DateTimeOffset? At, string? Path, string Root, Stream Content);
