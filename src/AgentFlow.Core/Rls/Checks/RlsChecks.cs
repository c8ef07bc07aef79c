using AgentFlow.Checks;

namespace AgentFlow.Rls.Checks;

/// <summary>Every check of <c>Test-AfRls</c>. Ids are stable: 0xx the run, 1xx catalog, 2xx data, 3xx behaviour, 4xx spec.</summary>
public static class RlsChecks
{
    public static readonly CheckDefinition Guard = New("AFR001", "L2", "Probing allowed here");
    public static readonly CheckDefinition Tenancy = New("AFR002", "L1", "Tenant model found");
    public static readonly CheckDefinition Principals = New("AFR003", "L1", "Kinds of callers covered");
    public static readonly CheckDefinition Layer = New("AFR004", "L1", "Layer ran");

    public static readonly CheckDefinition RowSecurity = New("AFR101", "L2", "Row security is on");
    public static readonly CheckDefinition Coverage = New("AFR102", "L1", "Granted commands have a policy");
    public static readonly CheckDefinition Ownership = New("AFR103", "L1", "Owners are out of reach");
    public static readonly CheckDefinition AlwaysTrue = New("AFR104", "L1", "No policy is always true");
    public static readonly CheckDefinition SelfComparison = New("AFR105", "L1", "No column is compared with itself");
    public static readonly CheckDefinition ClientInput = New("AFR106", "L1", "No trust in what clients choose");
    public static readonly CheckDefinition Literal = New("AFR107", "L1", "No identity written into a policy");
    public static readonly CheckDefinition Floor = New("AFR108", "L1", "Restrictive policies reach callers");
    public static readonly CheckDefinition AnonPolicy = New("AFR109", "L1", "No tenant policy for visitors");
    public static readonly CheckDefinition SessionBound = New("AFR110", "L1", "Policies can be proved by probes");

    public static readonly CheckDefinition AnonGrant = New("AFR121", "L1", "Visitors hold nothing on tenant tables");
    public static readonly CheckDefinition PublicGrant = New("AFR122", "L1", "No grant to PUBLIC");
    public static readonly CheckDefinition DangerousGrant = New("AFR123", "L1", "No TRUNCATE, REFERENCES or TRIGGER");
    public static readonly CheckDefinition GrantOption = New("AFR124", "L1", "No grant option for tenants");
    public static readonly CheckDefinition AuthGrant = New("AFR125", "L1", "The auth schema is closed");
    public static readonly CheckDefinition SecretColumn = New("AFR126", "L1", "Secret columns are unreadable");
    public static readonly CheckDefinition ColumnList = New("AFR127", "L1", "Column lists are not overridden");
    public static readonly CheckDefinition DefaultGrant = New("AFR128", "L1", "New objects start closed");
    public static readonly CheckDefinition SequenceGrant = New("AFR129", "L1", "Sequences cannot be set");
    public static readonly CheckDefinition SchemaCreate = New("AFR130", "L1", "Nobody plants objects");
    public static readonly CheckDefinition SchemaUsage = New("AFR131", "L1", "Granted objects are reachable");
    public static readonly CheckDefinition UnusedPolicy = New("AFR132", "L1", "Policies have their grants");
    public static readonly CheckDefinition HelperExecute = New("AFR133", "L1", "Policies may call their helpers");
    public static readonly CheckDefinition SequenceUsage = New("AFR134", "L1", "Inserts may take their numbers");

    public static readonly CheckDefinition RoleAttributes = New("AFR140", "L1", "API roles are plain");
    public static readonly CheckDefinition RoleClosure = New("AFR141", "L1", "API roles become nobody else");
    public static readonly CheckDefinition Gateway = New("AFR142", "L1", "The login role inherits nothing");

    public static readonly CheckDefinition SearchPath = New("AFR150", "L1", "Definer functions pin search_path");
    public static readonly CheckDefinition DynamicSql = New("AFR151", "L1", "No dynamic SQL as definer");
    public static readonly CheckDefinition Leakproof = New("AFR152", "L1", "No LEAKPROOF of our own");
    public static readonly CheckDefinition Volatility = New("AFR153", "L1", "Session functions are not IMMUTABLE");
    public static readonly CheckDefinition IgnoredArgument = New("AFR154", "L1", "Helpers use their arguments");
    public static readonly CheckDefinition UncheckedDefiner = New("AFR155", "L1", "Definer functions ask who calls");

    public static readonly CheckDefinition Trigger = New("AFR160", "L1", "Triggers stay in their tenant");

    public static readonly CheckDefinition DefinerView = New("AFR170", "L1", "Views obey the policies");
    public static readonly CheckDefinition SnapshotRelation = New("AFR171", "L1", "No snapshot or foreign table is exposed");
    public static readonly CheckDefinition Barrier = New("AFR172", "L1", "Filtering views have a barrier");
    public static readonly CheckDefinition AuthView = New("AFR173", "L1", "No view shows the users");
    public static readonly CheckDefinition WritableView = New("AFR174", "L1", "No write goes around the policies");

    public static readonly CheckDefinition Publication = New("AFR180", "L1", "Feeds carry no secrets");
    public static readonly CheckDefinition SystemOwned = New("AFR190", "L1", "System tables are read-only");
    public static readonly CheckDefinition GlobalWrite = New("AFR191", "L1", "Global tables are read-only");
    public static readonly CheckDefinition PerRowCall = New("AFR195", "L1", "Identity is asked once per query");
    public static readonly CheckDefinition TenantIndex = New("AFR196", "L1", "Policies have their index");
    public static readonly CheckDefinition VolatileHelper = New("AFR197", "L1", "Helpers are STABLE");

    public static readonly CheckDefinition NullTenant = New("AFR201", "L1", "Every row has a tenant");
    public static readonly CheckDefinition Orphan = New("AFR202", "L1", "Every tenant exists");
    public static readonly CheckDefinition ParentMismatch = New("AFR203", "L1", "Children and parents agree");
    public static readonly CheckDefinition LooseKey = New("AFR204", "L1", "Foreign keys carry the tenant");
    public static readonly CheckDefinition SpanningUnique = New("AFR205", "L1", "Unique keys stay in a tenant");
    public static readonly CheckDefinition PublicBucket = New("AFR206", "L1", "Tenant buckets are private");

    public static readonly CheckDefinition Read = New("AFR301", "L1", "Nobody reads another tenant");
    public static readonly CheckDefinition OwnRead = New("AFR302", "L1", "Members see their rows");
    public static readonly CheckDefinition Insert = New("AFR303", "L1", "Nobody inserts into another tenant");
    public static readonly CheckDefinition Update = New("AFR304", "L1", "Nobody changes another tenant");
    public static readonly CheckDefinition Delete = New("AFR305", "L1", "Nobody deletes in another tenant");
    public static readonly CheckDefinition OwnWrite = New("AFR306", "L1", "Granted writes work for someone");
    public static readonly CheckDefinition SelfService = New("AFR307", "L1", "Nobody raises their own membership");
    public static readonly CheckDefinition Helper = New("AFR308", "L1", "Helpers name only own tenants");
    public static readonly CheckDefinition Routine = New("AFR309", "L1", "Functions answer only about own tenants");
    public static readonly CheckDefinition Untagged = New("AFR310", "L1", "Views without a tenant column leak nothing");
    public static readonly CheckDefinition PerRowHelper = New("AFR311", "L1", "Policies cost little per row");

    public static readonly CheckDefinition RoleMatrix = New("AFR401", "L1", "Roles may do what the spec says");
    public static readonly CheckDefinition ApprovedRoutine = New("AFR402", "L1", "Definer functions are as approved");
    public static readonly CheckDefinition TenancyDrift = New("AFR403", "L1", "The tenancy is as declared");
    public static readonly CheckDefinition GrantDrift = New("AFR405", "L1", "Grants are as declared");
    public static readonly CheckDefinition Suppression = New("AFR404", "L1", "Suppressions are in date");

    private static CheckDefinition New(string id, string sentence, string title) => new(id, sentence, title, "database");
}
