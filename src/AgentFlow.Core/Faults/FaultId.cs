namespace AgentFlow.Faults;

/// <summary>Every error id of the module. Each is documented in about_AgentFlow_Errors and raised in a test; both are held by convention tests.</summary>
public static class FaultId
{
    public const string ConfigEndpointRefused = "AfConfigEndpointRefused";
    public const string ConfigExists = "AfConfigExists";
    public const string ConfigNotFound = "AfConfigNotFound";
    public const string ConfigMalformed = "AfConfigMalformed";
    public const string ConfigHoldsSecret = "AfConfigHoldsSecret";
    public const string ContextMissing = "AfContextMissing";
    public const string InternalError = "AfInternalError";
    public const string JournalBusy = "AfJournalBusy";
    public const string JournalConflict = "AfJournalConflict";
    public const string JournalMalformed = "AfJournalMalformed";
    public const string JournalUnavailable = "AfJournalUnavailable";
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
