namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>A list with its cursor, or a bare list, or one bare object: Vercel answers some lists in each of these shapes.</summary>
/// <param name="Items">The items; empty when there are none.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);
