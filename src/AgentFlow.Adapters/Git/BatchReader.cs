using System.Globalization;
using System.Text;

namespace AgentFlow.Adapters.Git;

/// <summary>Takes the answers of <c>git cat-file --batch</c> apart: a line with the size, the content, a line end.</summary>
internal sealed class BatchReader(Stream output) : IDisposable
{
    private readonly BufferedStream _output = new(output, 64 * 1024);
    private SizedStream? _open;

    /// <summary>The next object; null when the clone does not have it. What is left of the one before is skipped.</summary>
    public Stream? Next()
    {
        if (_open is { } before)
        {
            before.Drain();
            _output.ReadByte();
            _open = null;
        }

        string header = ReadLine();
        string[] fields = header.Split(' ');
        if (fields is not [_, _, { } size] || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            return header.EndsWith(" missing", StringComparison.Ordinal) ? null : throw GitProcess.Failed("cat-file", 0, $"an answer that does not fit: {header}");
        }

        return _open = new(_output, length);
    }

    public void Dispose()
    {
        _open?.Dispose();
        _output.Dispose();
    }

    private string ReadLine()
    {
        StringBuilder line = new();
        for (int next; (next = _output.ReadByte()) != '\n'; line.Append((char)next))
        {
            if (next < 0 || line.Length > 4096)
            {
                throw GitProcess.Failed("cat-file", 0, "it ended before its time");
            }
        }

        return line.ToString();
    }
}
