namespace AgentFlow.Safety.Scanning;

/// <summary>Keeps this user's key of fingerprints.</summary>
public interface IFingerprintKeys
{
    /// <summary>The 16 bytes of the key; made and kept for this user alone when there is none.</summary>
    /// <exception cref="Faults.AfFaultException">AfFingerprintKeyInvalid, AfSecretFileExposed.</exception>
    byte[] ReadOrMake();
}
