namespace AgentFlow.Safety.Scanning;

/// <summary>What a search for secrets talks to.</summary>
/// <param name="Tree">Lists the files of a folder.</param>
/// <param name="History">Reads what commits brought.</param>
/// <param name="Keys">This user's fingerprint key.</param>
/// <param name="Probe">Asks providers; only used when the operator says so.</param>
public sealed record ScanPorts(ISourceTree Tree, ISourceHistory History, IFingerprintKeys Keys, ISecretProbe Probe);
