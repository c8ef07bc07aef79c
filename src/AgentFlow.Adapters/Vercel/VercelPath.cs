using System.Globalization;
using System.Text;
using AgentFlow.Adapters.Http;

namespace AgentFlow.Adapters.Vercel;

/// <summary>A relative address: segments and query values are escaped here and nowhere else, so that no id can reach another path.</summary>
internal sealed class VercelPath
{
    private readonly StringBuilder _text = new();
    private bool _hasQuery;

    private VercelPath(string version) => _text.Append(version);

    /// <summary>Begins with the API version, for example <c>v9</c>.</summary>
    public static VercelPath Of(string version, params ReadOnlySpan<string> segments)
    {
        VercelPath path = new(version);
        foreach (string segment in segments)
        {
            path._text.Append('/').Append(UrlSegment.Escape(segment));
        }

        return path;
    }

    /// <summary>Adds a query value; null adds nothing.</summary>
    public VercelPath With(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_hasQuery ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _hasQuery = true;
        }

        return this;
    }

    /// <summary>Adds a time as epoch milliseconds.</summary>
    public VercelPath With(string name, DateTimeOffset? value) => With(name, value?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
