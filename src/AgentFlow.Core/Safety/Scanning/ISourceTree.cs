namespace AgentFlow.Safety.Scanning;

/// <summary>Lists the files of a folder that belong to the source: not what is ignored, not the repository's own store.</summary>
public interface ISourceTree
{
    /// <summary>Full paths, as found. Links are not followed.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="note">Told what the operator should know about how the files were listed.</param>
    /// <param name="cancellationToken">A stop.</param>
    IAsyncEnumerable<string> ListAsync(string folder, Func<string, ValueTask> note, CancellationToken cancellationToken);
}
