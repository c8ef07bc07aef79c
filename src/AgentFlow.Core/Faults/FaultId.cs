namespace AgentFlow.Faults;

/// <summary>Every error id of the module. Each is documented in about_AgentFlow_Errors and raised in a test; both are held by convention tests.</summary>
public static class FaultId
{
    public const string ChangeLockActive = "AfChangeLockActive";
    public const string ConfigEndpointRefused = "AfConfigEndpointRefused";
    public const string ConfigExists = "AfConfigExists";
    public const string ConfigNotFound = "AfConfigNotFound";
    public const string ConfigMalformed = "AfConfigMalformed";
    public const string ConfigHoldsSecret = "AfConfigHoldsSecret";
    public const string ContextMissing = "AfContextMissing";
    public const string CredentialRejected = "AfCredentialRejected";
    public const string InternalError = "AfInternalError";
    public const string OperatorNeeded = "AfOperatorNeeded";
    public const string ProductionGuard = "AfProductionGuard";
    public const string RateLimited = "AfRateLimited";
    public const string RequestRefused = "AfRequestRefused";
    public const string ResourceConflict = "AfResourceConflict";
    public const string ResourceNotFound = "AfResourceNotFound";
    public const string ResponseMalformed = "AfResponseMalformed";
    public const string ResponseTooLarge = "AfResponseTooLarge";
    public const string ResultInvalid = "AfResultInvalid";
    public const string ResultNotGreen = "AfResultNotGreen";
    public const string JournalBusy = "AfJournalBusy";
    public const string JournalConflict = "AfJournalConflict";
    public const string JournalMalformed = "AfJournalMalformed";
    public const string JournalUnavailable = "AfJournalUnavailable";
    public const string SandboxMissing = "AfSandboxMissing";
    public const string SandboxNotStarted = "AfSandboxNotStarted";
    public const string SandboxRuntimeMissing = "AfSandboxRuntimeMissing";
    public const string ScopeMissing = "AfScopeMissing";
    public const string SecretFileExposed = "AfSecretFileExposed";
    public const string SecretNotFound = "AfSecretNotFound";
    public const string SecretReferenceInvalid = "AfSecretReferenceInvalid";
    public const string ServiceRedirected = "AfServiceRedirected";
    public const string ServiceTimeout = "AfServiceTimeout";
    public const string ServiceUnavailable = "AfServiceUnavailable";
    public const string ServiceUnreachable = "AfServiceUnreachable";
}
