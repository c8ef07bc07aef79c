namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>The knobs of one multi-tenant schema that is not the corpus's.</summary>
public sealed record TransferShape
{
    public required string Name { get; init; }

    /// <summary>The column that names the tenant in every tenant table.</summary>
    public required string Tenant { get; init; }

    /// <summary>The table of tenants.</summary>
    public required string Root { get; init; }

    /// <summary>Table of the memberships, with its schema.</summary>
    public required string Members { get; init; }

    public string User { get; init; } = "user_id";

    /// <summary>uuid, bigint or text: ids of tenants and rows.</summary>
    public string Key { get; init; } = "uuid";

    /// <summary>uuid or bigint: ids of users.</summary>
    public string UserKey { get; init; } = "uuid";

    public MemberState State { get; init; } = MemberState.Status;

    public HelperKind Helper { get; init; } = HelperKind.SetOf;

    /// <summary>True when the role is of an enum type.</summary>
    public bool EnumRole { get; init; }

    /// <summary>Names of the roles, highest first.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["owner", "admin", "member"];

    /// <summary>Schema of the tables.</summary>
    public string Schema { get; init; } = "public";

    public override string ToString() => Name;

    public string MemberSchema => Members.Split('.')[0];

    public string MemberTable => Members.Split('.')[1];

    /// <summary>True where rows get ids from an identity column.</summary>
    public bool Generated => Key == "bigint";

    /// <summary>The condition that makes membership <c>m</c> count.</summary>
    public string Active => State switch
    {
        MemberState.Status => "m.status = 'active'",
        MemberState.EnumState => "m.state = 'enabled'",
        MemberState.Flag => "m.is_active",
        MemberState.DeletedAt => "m.deleted_at is null",
        MemberState.AcceptedAt => "m.accepted_at is not null",
        _ => "true",
    };

    /// <summary>The id of tenant 1, 2 or 3 as a literal.</summary>
    public string TenantId(int number) => Key switch { "uuid" => $"'0000000{number}-0000-4000-8000-00000000000{number}'", "bigint" => $"{number}00", _ => $"'acme-{number}'" };

    /// <summary>The id of a user as a literal.</summary>
    public string UserId(int number) => UserKey == "uuid" ? $"'10000000-0000-4000-8000-0000000001{number:00}'" : $"{number}";
}
