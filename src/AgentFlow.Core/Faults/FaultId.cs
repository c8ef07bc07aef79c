namespace AgentFlow.Faults;

/// <summary>Every error id of the module. Each is documented in about_AgentFlow_Errors and raised in a test; both are held by convention tests.</summary>
public static class FaultId
{
    public const string ChangeLockActive = "AfChangeLockActive";
    public const string ConfigEndpointRefused = "AfConfigEndpointRefused";
    public const string ConfigExists = "AfConfigExists";
    public const string ConfigHoldsSecret = "AfConfigHoldsSecret";
    public const string ConfigMalformed = "AfConfigMalformed";
    public const string ConfigNotFound = "AfConfigNotFound";
    public const string ContextMissing = "AfContextMissing";
    public const string DatabaseAddressInvalid = "AfDatabaseAddressInvalid";
    public const string DatabaseCredentialRejected = "AfDatabaseCredentialRejected";
    public const string DatabaseFailed = "AfDatabaseFailed";
    public const string DatabaseObjectMissing = "AfDatabaseObjectMissing";
    public const string DatabasePermissionDenied = "AfDatabasePermissionDenied";
    public const string DatabaseTimeout = "AfDatabaseTimeout";
    public const string DatabaseUnavailable = "AfDatabaseUnavailable";
    public const string DatabaseUnreachable = "AfDatabaseUnreachable";
    public const string DeploymentFailed = "AfDeploymentFailed";
    public const string DeploymentForeign = "AfDeploymentForeign";
    public const string DeploymentNotFound = "AfDeploymentNotFound";
    public const string DeploymentTimeout = "AfDeploymentTimeout";
    public const string DeploymentWithoutAddress = "AfDeploymentWithoutAddress";
    public const string InputInvalid = "AfInputInvalid";
    public const string InternalError = "AfInternalError";
    public const string JournalBusy = "AfJournalBusy";
    public const string JournalConflict = "AfJournalConflict";
    public const string JournalMalformed = "AfJournalMalformed";
    public const string JournalUnavailable = "AfJournalUnavailable";
    public const string LeadNotConfigured = "AfLeadNotConfigured";
    public const string OperatorNeeded = "AfOperatorNeeded";
    public const string ProductionGuard = "AfProductionGuard";
    public const string ProjectNotPinned = "AfProjectNotPinned";
    public const string ResultInvalid = "AfResultInvalid";
    public const string ResultNotGreen = "AfResultNotGreen";
    public const string RotationBlocked = "AfRotationBlocked";
    public const string RotationCallFailed = "AfRotationCallFailed";
    public const string RotationCredentialUnknown = "AfRotationCredentialUnknown";
    public const string RotationInputInvalid = "AfRotationInputInvalid";
    public const string RotationNotFound = "AfRotationNotFound";
    public const string RotationPlanStale = "AfRotationPlanStale";
    public const string RotationProofFailed = "AfRotationProofFailed";
    public const string RotationStateRefused = "AfRotationStateRefused";
    public const string RotationValueRefused = "AfRotationValueRefused";
    public const string SandboxMissing = "AfSandboxMissing";
    public const string SandboxNotStarted = "AfSandboxNotStarted";
    public const string SandboxRuntimeMissing = "AfSandboxRuntimeMissing";
    public const string SecretFileExposed = "AfSecretFileExposed";
    public const string SecretNotFound = "AfSecretNotFound";
    public const string SecretReferenceInvalid = "AfSecretReferenceInvalid";
    public const string SlotUnreadable = "AfSlotUnreadable";
}
