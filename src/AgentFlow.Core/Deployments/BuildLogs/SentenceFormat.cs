using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Plain English on one line, or wrapped over a few.</summary>
internal sealed partial class SentenceFormat : ILogFormat
{
    private const int MostJoined = 4;
    private const int Longest = 4_000;
    private const int LongestJoined = 1_200;

    private readonly SentenceGrammar _grammar = new();
    private string _paragraph = string.Empty;
    private int _joined;
    private bool _mayName;

    public string Name => "sentence";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsEmpty || line.IsCode)
        {
            Break();
            return;
        }

        string text = line.Trimmed.Length <= Longest ? line.Trimmed : line.Trimmed[..Longest];
        int number = line.Number;
        bool mayName = MayName(line);
        if (mayName)
        {
            Read(text, number, context);
        }

        if (Continues(line))
        {
            _paragraph = $"{_paragraph} {text}";
            _joined++;
            _mayName |= mayName;
            if (_mayName)
            {
                Read(_paragraph, number, context);
            }
        }
        else
        {
            (_paragraph, _joined, _mayName) = (text, 1, mayName);
        }
    }

    public void Break() => (_paragraph, _joined) = (string.Empty, 0);

    private void Read(string text, int number, ScanContext context) => _grammar.Read(text, context.IsEnvironmentNear, name => context.Report(this, name, number));

    // A name in lower case must be called one of the environment.
    private static bool MayName(CleanLine line) => line.HasCapitals || line.Trimmed.Contains("env", StringComparison.OrdinalIgnoreCase);

    // A wrapped line goes on indented or in lower case after one that does not end a sentence.
    private bool Continues(CleanLine line) => _joined is > 0 and < MostJoined && _paragraph.Length + line.Trimmed.Length < LongestJoined
        && _paragraph[^1] is not (':' or '{' or '[' or ';' or '}' or ']')
        && (_paragraph[^1] == ',' || !ListRow().IsMatch(line.Trimmed))
        && (char.IsAsciiLetterLower(line.Trimmed[0]) || (line.Indent >= 2 && (char.IsLetter(line.Trimmed[0]) || line.Trimmed[0] is '`' or '\'' or '"')));

    // A row that begins with a name is an item of its own.
    [GeneratedRegex(@"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:\s{2,}|\s*[.:=|-]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ListRow();
}
