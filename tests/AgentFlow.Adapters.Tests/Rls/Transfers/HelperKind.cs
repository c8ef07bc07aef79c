namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>How a transfer's policies ask for membership.</summary>
public enum HelperKind
{
    /// <summary><c>tenant in (select helper())</c>.</summary>
    SetOf,

    /// <summary><c>tenant = any (array(select helper()))</c> over a function that returns an array.</summary>
    Array,

    /// <summary><c>exists (select … from memberships)</c> in the policy itself.</summary>
    Inline,

    /// <summary><c>helper(tenant)</c> in PL/pgSQL, called for each row.</summary>
    Plpgsql,

    /// <summary><c>helper(tenant)</c> in SQL, called for each row.</summary>
    PerRow,

    /// <summary>The tenant of the token's app_metadata, and an active membership in it.</summary>
    Claim,
}
