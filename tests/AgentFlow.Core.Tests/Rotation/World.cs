using AgentFlow.Rotation;
using AgentFlow.Rotation.Kinds;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>One application with one credential of one kind, in use, and everything around it. Also the auditor of what a rotation did to it.</summary>
internal sealed class World
{
    public World(CredentialKind kind, bool previous = false)
    {
        Time = new();
        Wire = new();
        Journal = new(Time, Wire);
        Slot = new(Wire);
        Host = new(Wire, Time);
        Providers = new(Wire, Time);
        Config = Seed(kind, previous);
        Host.Deploy();
        Time.Advance(TimeSpan.FromDays(30));
        Providers.OnEnd = Judge;
    }

    public InstantTime Time { get; }

    public Wire Wire { get; }

    public MemoryJournal Journal { get; }

    public MemorySlot Slot { get; }

    public MemoryHost Host { get; }

    public MemoryProviders Providers { get; }

    public CredentialConfig Config { get; set; }

    public string? OldId { get; private set; }

    public IReadOnlyList<RotationBlocker> Frozen { get; set; } = [];

    /// <summary>Credentials that ended while production used them or before they were proven to be replaced.</summary>
    public List<string> EarlyEnds { get; } = [];

    public RotationEngine Engine() => new(Ports(), new RotationLimits { PollEvery = TimeSpan.FromSeconds(2) });

    public RotationPorts Ports() => new()
    {
        Journal = Journal,
        Slot = Slot,
        Variables = Host,
        Releases = Host,
        App = Host,
        Freeze = new Freeze(this),
        KindOf = KindOf,
        Time = Time,
    };

    /// <summary>The newest rotation as the journal tells it; null when there was none.</summary>
    public async Task<RotationRecord?> LatestAsync()
    {
        await foreach (RotationRecord record in Engine().ListAsync(Config.Name, false, CancellationToken.None))
        {
            return record;
        }

        return null;
    }

    /// <summary>The value in use must open something at the provider.</summary>
    public bool ServingValueWorks()
    {
        Dictionary<string, string> held = Host.Serving.Environment;
        string value = held["SECRET"];
        return Config.Kind switch
        {
            CredentialKind.GeneratedSecret or CredentialKind.GenericManual => true,
            CredentialKind.PostgresRolePassword => Providers.All.Any(role => value.StartsWith(role.Id + ":", StringComparison.Ordinal)
                && MemoryProviders.Opens(role, Secret.FromChars(value.AsSpan(role.Id.Length + 1)))) || value.EndsWith("before", StringComparison.Ordinal) && Providers.Find(value.Split(':')[0])!.Works,
            CredentialKind.SesSmtpPassword => Providers.All.Any(key => key.Works && key.Id == held["KEY_ID"] && Derived(key) == value),
            _ => Providers.All.Any(one => one.Works && one.Value == value),
        };
    }

    /// <summary>Working credentials that are neither the one that is kept nor the old one.</summary>
    public IReadOnlyList<string> Strays(RotationRecord record) =>
        [.. Providers.All.Where(one => one.Works && one.Id != record.NewId && one.Id != OldId).Select(one => one.Id)];

    /// <summary>Every text that stays on this machine.</summary>
    public string Remains() => string.Join('\n', Journal.Entries.Select(entry => entry.Data + entry.Subject + entry.Actor + entry.Type));

    private ICredentialKind KindOf(CredentialConfig config) => config.Kind switch
    {
        CredentialKind.GeneratedSecret => new GeneratedSecretKind(),
        CredentialKind.StripeWebhookSecret => new StripeWebhookSecretKind(Providers, "acct_1", Time),
        CredentialKind.SupabaseApiKey => new SupabaseApiKeyKind(Providers, "ref1"),
        CredentialKind.PostgresRolePassword => new PostgresRolePasswordKind(Providers),
        CredentialKind.AwsIamAccessKey => new AwsIamAccessKeyKind(Providers, "123456789012", Time),
        CredentialKind.SesSmtpPassword => new SesSmtpPasswordKind(Providers, Providers, "123456789012", "us-east-1", Time),
        _ => OperatorKind.Generic(),
    };

    private CredentialConfig Seed(CredentialKind kind, bool previous)
    {
        CredentialConfig config = new()
        {
            Name = "credential",
            Kind = kind,
            Variables = new Dictionary<string, string> { ["SECRET"] = CredentialParts.SecretPart },
            SharedWith = [],
            PreviousVariable = previous ? "SECRET_PREVIOUS" : null,
        };
        switch (kind)
        {
            case CredentialKind.GeneratedSecret or CredentialKind.GenericManual:
                Host.Seed("SECRET", "value-before");
                return config;
            case CredentialKind.PostgresRolePassword:
                Providers.All.Add(new("app_a", "role", "verifier-before", Time.GetUtcNow(), null));
                Providers.All.Add(new("app_b", "role", string.Empty, Time.GetUtcNow(), null) { Works = false });
                Host.Seed("SECRET", "app_a:before");
                OldId = "app_a";
                return config with
                {
                    Roles = ["app_a", "app_b"],
                    UrlTemplate = "{role}:{password}",
                    Variables = new Dictionary<string, string> { ["SECRET"] = PostgresRolePasswordKind.UrlPart },
                };
            case CredentialKind.AwsIamAccessKey or CredentialKind.SesSmtpPassword:
                MemoryCredential key = Providers.Add("AK");
                bool smtp = kind == CredentialKind.SesSmtpPassword;
                Host.Seed("SECRET", smtp ? Derived(key) : key.Value, "sensitive");
                Host.Seed("KEY_ID", key.Id, "plain");
                OldId = key.Id;
                return config with
                {
                    UserName = "mailer",
                    Variables = new Dictionary<string, string> { ["SECRET"] = smtp ? SesSmtpPasswordKind.PasswordPart : CredentialParts.SecretPart, ["KEY_ID"] = CredentialParts.IdPart },
                };
            default:
                MemoryCredential made = Providers.Add(kind == CredentialKind.StripeWebhookSecret ? "we" : "sb");
                Host.Seed("SECRET", made.Value, "sensitive");
                OldId = made.Id;
                return config;
        }
    }

    private static string Derived(MemoryCredential key) => SesSmtpDerivation.Derive(Secret.FromChars(key.Value), "us-east-1").Reveal();

    private void Judge(MemoryCredential ending)
    {
        bool used = Host.Serving.Environment.Values.Any(value => value == ending.Value || value.StartsWith(ending.Id + ":", StringComparison.Ordinal) || value == Derived(ending));
        bool proven = Journal.Entries.Any(entry => entry.Data.Contains("\"state\":\"Draining\"", StringComparison.Ordinal));
        if (used || (ending.Id == OldId && !proven))
        {
            EarlyEnds.Add(ending.Id);
        }
    }

    private sealed class Freeze(World world) : IChangeFreeze
    {
        public Task<IReadOnlyList<RotationBlocker>> ReadAsync(CancellationToken cancellationToken) => world.Wire.Unreadable == "freeze" ? throw Wire.Fault(Faults.FaultKind.Permission) : Task.FromResult(world.Frozen);
    }
}
