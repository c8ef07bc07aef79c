using AgentFlow.Safety;

namespace AgentFlow.Adapters.Http;

/// <summary>One outside system as the pipeline sees it: where it is, with which credential, and what to tell an operator when it refuses.</summary>
public sealed record ServiceEndpoint
{
    /// <summary>What people call it: Vercel, GitHub, …</summary>
    public required string System { get; init; }

    /// <summary>Origin and base path, ending with a slash. The credential is sent nowhere else.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Gives the bearer token at the moment of each send; null where none is needed.</summary>
    public Func<Secret>? Token { get; init; }

    /// <summary>Where the config says the token is, for example <c>env:VERCEL_TOKEN</c>.</summary>
    public string? TokenReference { get; init; }

    /// <summary>The least that the token must be allowed, in the words of the system's token page.</summary>
    public string? NeededScope { get; init; }

    /// <summary>Where the system says how it is.</summary>
    public string? StatusPage { get; init; }

    /// <summary>Headers of every request, such as an API version.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// True for an application whose answers are the object of the check: every status is an answer, redirects are not followed,
    /// long bodies are cut instead of refused, and only a failed connection is tried again.
    /// </summary>
    public bool AnswersAreData { get; init; }

    /// <summary>Whether an address is on this system's origin.</summary>
    public bool Owns(Uri address) => Uri.Compare(address, BaseAddress, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
