using System.Runtime.CompilerServices;
using System.Text;

namespace AgentFlow.Adapters.Git;

/// <summary>Reads the NUL-separated words that git writes with -z.</summary>
internal static class NulText
{
    /// <summary>The words as they come; bytes that are no UTF-8 are replaced.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            int start = 0;
            for (int end; (end = buffer.AsSpan(start, length - start).IndexOf((byte)0)) >= 0; start += end + 1)
            {
                yield return Encoding.UTF8.GetString(buffer, start, end);
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            length -= start;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        if (length > 0)
        {
            yield return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}
