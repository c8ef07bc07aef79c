using AgentFlow.Adapters.Postgres;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Kinds;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;
using AgentFlow.TestKit.Postgres;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>Verifiers made here, logins made by a real server.</summary>
public sealed class RolePasswordTests
{
    [Fact]
    public async Task A_verifier_made_here_lets_its_password_in_and_the_next_one_ends_it()
    {
        (RolePasswords roles, string role, _) = await StartAsync();
        using Secret first = Secret.FromChars(Guid.NewGuid().ToString("N"));
        using Secret second = Secret.FromChars("quote' \"double\" $dollar \\back %percent " + Guid.NewGuid().ToString("N"));
        await roles.SetVerifierAsync(role, ScramVerifier.Create(first), default);
        Assert.True(await roles.TryLoginAsync(role, first, default));
        Assert.False(await roles.TryLoginAsync(role, second, default));

        // The same text salts anew and may be set again.
        await roles.SetVerifierAsync(role, ScramVerifier.Create(first), default);
        Assert.True(await roles.TryLoginAsync(role, first, default));
        await roles.SetVerifierAsync(role, ScramVerifier.Create(second), default);
        Assert.True(await roles.TryLoginAsync(role, second, default));
        Assert.False(await roles.TryLoginAsync(role, first, default));
    }

    [Fact]
    public async Task The_server_stores_what_was_made_here_and_never_saw_the_text()
    {
        (RolePasswords roles, string role, TestDatabase database) = await StartAsync();
        using Secret password = Secret.FromChars("pencil");
        string verifier = ScramVerifier.Create(password, Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
        await roles.SetVerifierAsync(role, verifier, default);
        Assert.Equal(verifier, await database.TextAsync($"select rolpassword from pg_authid where rolname = '{role}'"));
        Assert.True(await roles.TryLoginAsync(role, password, default));
    }

    [Fact]
    public async Task Not_logging_in_can_be_taken_back_and_clearing_cannot()
    {
        (RolePasswords roles, string role, _) = await StartAsync();
        using Secret password = Secret.FromChars(Guid.NewGuid().ToString("N"));
        await roles.SetVerifierAsync(role, ScramVerifier.Create(password), default);
        await roles.SetLoginAsync(role, false, default);
        Assert.False(await roles.TryLoginAsync(role, password, default));
        Assert.Equal((false, true), await StateAsync(roles, role));
        await roles.SetLoginAsync(role, true, default);
        Assert.True(await roles.TryLoginAsync(role, password, default));
        await roles.ClearAsync(role, default);
        Assert.False(await roles.TryLoginAsync(role, password, default));
        Assert.Equal((false, false), await StateAsync(roles, role));
        await roles.SetLoginAsync(role, true, default);
        Assert.False(await roles.TryLoginAsync(role, password, default));
    }

    [Fact]
    public async Task Open_sessions_are_counted()
    {
        (RolePasswords roles, string role, TestDatabase database) = await StartAsync();
        using Secret password = Secret.FromChars(Guid.NewGuid().ToString("N"));
        await roles.SetVerifierAsync(role, ScramVerifier.Create(password), default);
        Assert.Equal(0, Assert.Single(await roles.ReadAsync([role], default)).Sessions);
        await using Npgsql.NpgsqlConnection open = new(database.As(role, password.Reveal()));
        await open.OpenAsync();
        Assert.Equal(1, Assert.Single(await roles.ReadAsync([role], default)).Sessions);
        Assert.True((await new PostgresRolePasswordKind(roles).ReadOldAsync(Config(role), role, default)).InUseNow);
    }

    [Fact]
    public async Task A_role_name_is_quoted_by_the_server()
    {
        (RolePasswords roles, _, TestDatabase database) = await StartAsync();
        string odd = $"odd\"; alter role postgres nologin; --{Guid.NewGuid():N}";
        await database.ExecuteAsync($"create role \"{odd.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        using Secret password = Secret.FromChars("x1y2z3");
        await roles.SetVerifierAsync(odd[..63], ScramVerifier.Create(password), default);
        Assert.Equal("true", await database.TextAsync("select rolcanlogin::text from pg_roles where rolname = 'postgres'"));
    }

    [Fact]
    public async Task What_the_admin_may_not_do_and_what_is_not_there_is_one_clear_fault()
    {
        (RolePasswords roles, string role, TestDatabase database) = await StartAsync();
        using Secret password = Secret.FromChars(Guid.NewGuid().ToString("N"));
        await roles.SetVerifierAsync(role, ScramVerifier.Create(password), default);
        RolePasswords weak = new(() => Secret.FromChars(database.As(role, password.Reveal())));
        Assert.Equal(FaultKind.Permission, (await Calls.FaultAsync(weak.SetLoginAsync("postgres", false, default))).Kind);
        Assert.Equal(FaultKind.NotFound, (await Calls.FaultAsync(roles.SetLoginAsync("nobody_" + role, false, default))).Kind);
        RolePasswords wrong = new(() => Secret.FromChars(database.As(role, "wrong")));
        AfFaultException refused = await Calls.FaultAsync(wrong.ReadAsync([role], default));
        Assert.Equal((FaultKind.Authentication, FaultId.RotationCallFailed), (refused.Kind, refused.Id));
        Assert.DoesNotContain(password.Reveal(), refused.ToString(), StringComparison.Ordinal);
    }

    private static CredentialConfig Config(string role) => new() { Name = "db", Kind = CredentialKind.PostgresRolePassword, Variables = new Dictionary<string, string>(), Roles = [role] };

    private static async Task<(bool CanLogin, bool HasPassword)> StateAsync(RolePasswords roles, string role)
    {
        LoginRole found = Assert.Single(await roles.ReadAsync([role], default));
        return (found.CanLogin, found.HasPassword);
    }

    private static async Task<(RolePasswords Roles, string Role, TestDatabase Database)> StartAsync()
    {
        TestDatabase? database = await ThrowawayPostgres.TryCreateAsync();
        Assert.SkipWhen(database is null, ThrowawayPostgres.Reason);
        string role = $"app_{Guid.NewGuid():N}"[..20];
        await database.ExecuteAsync($"create role {role}");
        return (new(() => Secret.FromChars(database.ConnectionString)), role, database);
    }
}
