using System.Management.Automation;

namespace EmptyModule;

/// <summary>The smallest binary module there can be: the peer that the import of ours is measured against.</summary>
[Cmdlet(VerbsCommon.Get, "Empty")]
public sealed class GetEmptyCommand : PSCmdlet;
