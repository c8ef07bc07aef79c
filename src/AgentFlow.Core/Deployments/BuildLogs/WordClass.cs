namespace AgentFlow.Deployments.BuildLogs;

/// <summary>What a word can do in a sentence about a missing variable. A word can do several things.</summary>
[Flags]
internal enum WordClass
{
    None = 0,

    /// <summary>environment, variable, env, var.</summary>
    Env = 1 << 0,

    /// <summary>Other nouns for a setting: secret, key, token, parameter, option.</summary>
    Noun = 1 << 1,

    /// <summary>Articles, copulas, prepositions, adverbs and adjectives that carry no verdict.</summary>
    Glue = 1 << 2,

    /// <summary>not, isn't, cannot, no, never.</summary>
    Negation = 1 << 3,

    /// <summary>set, defined, found, provided: there when affirmed, missing when denied.</summary>
    Given = 1 << 4,

    /// <summary>missing, undefined, unset.</summary>
    Missing = 1 << 5,

    /// <summary>empty, blank, null.</summary>
    Empty = 1 << 6,

    /// <summary>required, mandatory.</summary>
    Required = 1 << 7,

    /// <summary>must, should, needs.</summary>
    Modal = 1 << 8,

    /// <summary>set, provide, define: what the reader is told to do.</summary>
    Instruct = 1 << 9,

    /// <summary>find, resolve, load.</summary>
    Seek = 1 << 10,

    /// <summary>if, when, unless: what follows is supposed, not said.</summary>
    Condition = 1 << 11,

    /// <summary>requires, needs, expects.</summary>
    Demand = 1 << 12,

    /// <summary>please.</summary>
    Please = 1 << 13,

    /// <summary>can, may, could: what follows is possible, not so.</summary>
    May = 1 << 14,

    /// <summary>table, column, header: what stands beside this is no variable.</summary>
    Foreign = 1 << 15,

    /// <summary>or, and.</summary>
    And = 1 << 16,

    /// <summary>optional, deprecated, recommended.</summary>
    Optional = 1 << 17,

    /// <summary>environment, env: of the nouns those that make even a name in lower case one of a variable.</summary>
    Environment = 1 << 18,

    /// <summary>invalid: what the environment's own validation rejects.</summary>
    Invalid = 1 << 19,
}
