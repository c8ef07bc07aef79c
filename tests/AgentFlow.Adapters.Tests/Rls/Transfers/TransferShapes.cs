namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>The schemas that are tried: every knob in every position, most of them together with another.</summary>
public static class TransferShapes
{
    public static IReadOnlyList<TransferShape> All { get; } =
    [
        new() { Name = "tenant-status-setof", Tenant = "tenant_id", Root = "tenants", Members = "public.tenant_users" },
        new() { Name = "account-flag-array", Tenant = "account_id", Root = "accounts", Members = "public.account_members", State = MemberState.Flag, Helper = HelperKind.Array, EnumRole = true },
        new() { Name = "workspace-deleted-inline", Tenant = "workspace_id", Root = "workspaces", Members = "public.workspace_members", User = "member_id", State = MemberState.DeletedAt, Helper = HelperKind.Inline },
        new() { Name = "tenant-bigint-plpgsql", Tenant = "tenant_id", Root = "tenants", Members = "identity.memberships", Key = "bigint", Helper = HelperKind.Plpgsql },
        new() { Name = "account-text-perrow", Tenant = "account_id", Root = "accounts", Members = "public.account_users", Key = "text", Helper = HelperKind.PerRow, EnumRole = true },
        new() { Name = "workspace-nostate-setof", Tenant = "workspace_id", Root = "workspaces", Members = "app_private.team", State = MemberState.None, Roles = ["manager", "editor", "viewer"] },
        new() { Name = "tenant-bigint-users-bigint", Tenant = "tenant_id", Root = "tenants", Members = "public.seats", Key = "bigint", UserKey = "bigint", State = MemberState.EnumState, Helper = HelperKind.SetOf },
        new() { Name = "company-accepted-array", Tenant = "company_id", Root = "companies", Members = "identity.company_members", State = MemberState.AcceptedAt, Helper = HelperKind.Array },
        new() { Name = "account-claim", Tenant = "account_id", Root = "accounts", Members = "public.memberships", Helper = HelperKind.Claim },
        new() { Name = "team-schema-app", Tenant = "team_id", Root = "teams", Members = "app.team_members", Schema = "app", State = MemberState.Flag, Helper = HelperKind.PerRow },
        new() { Name = "tenant-text-inline-flag", Tenant = "tenant_id", Root = "tenants", Members = "identity.users_tenants", Key = "text", State = MemberState.Flag, Helper = HelperKind.Inline },
    ];

    public static TransferShape Named(string name) => All.Single(shape => shape.Name == name);
}
