using System.Buffers;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Cuts a line into words, names and marks. Keeps its list for the next line.</summary>
internal sealed partial class SentenceTokens
{
    private const int Most = 400;

    private static readonly SearchValues<char> s_word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly string[] s_accessors = ["process.env.", "import.meta.env.", "Bun.env.", "process.env[", "import.meta.env[", "os.environ[", "os.environ.get(", "os.getenv(", "Deno.env.get(", "ENV[", "ENV.fetch(", "System.getenv(", "env(", "env.", "env:", "secrets.", "getenv("];

    private readonly List<Token> _tokens = [];

    public string Text { get; private set; } = string.Empty;

    public int Count => _tokens.Count;

    public Token this[int index] => index >= 0 && index < _tokens.Count ? _tokens[index] : new(TokenKind.Stop, 0, 0);

    public ReadOnlySpan<char> TextOf(Token token) => Text.AsSpan(token.Start, token.Length);

    /// <summary>True when the token is this word.</summary>
    public bool Is(int index, string word) => this[index] is { Kind: TokenKind.Word } token && TextOf(token).Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool HasName { get; private set; }

    public void Read(string text)
    {
        Text = text;
        _tokens.Clear();
        HasName = false;
        for (int i = 0; i < text.Length && _tokens.Count < Most;)
        {
            i = Next(i);
        }
    }

    private int Next(int i)
    {
        char at = Text[i];
        if (char.IsAsciiLetterOrDigit(at) || at == '_')
        {
            return Word(i);
        }

        TokenKind? kind = at switch
        {
            ',' => TokenKind.Comma,
            ':' => TokenKind.Colon,
            ';' or '!' or '?' => TokenKind.Stop,
            '.' when i + 1 == Text.Length || Text[i + 1] is ' ' or '"' or '\'' or '\n' or ')' => TokenKind.Stop,
            '(' or '[' or '{' => TokenKind.Open,
            ')' or ']' or '}' => TokenKind.Close,
            '-' or '\u2013' or '\u2014' or '\u2192' or '>' or '|' or '\u2026' or '\u2022' => TokenKind.Dash,
            '=' => TokenKind.Equal,
            ' ' or '"' or '\'' or '`' or '$' or '%' or '\\' or '*' => null,
            '.' when Text.AsSpan(i).StartsWith(".env", StringComparison.Ordinal) => TokenKind.Word,
            _ => TokenKind.Other,
        };
        if (kind == TokenKind.Word)
        {
            return Word(i);
        }

        if (kind is { } mark)
        {
            _tokens.Add(new(mark, i, 1));
        }

        return i + 1;
    }

    private int Word(int start)
    {
        ReadOnlySpan<char> text = Text;
        int accessor = AccessLength(text[start..]);
        if (accessor > 0)
        {
            int from = start + accessor;
            while (from < text.Length && text[from] is '"' or '\'' or '`' or '$')
            {
                from++;
            }

            int length = Run(text[from..]);
            if (EnvName.IsCapital(text.Slice(from, length)))
            {
                Add(new(TokenKind.Name, from, length) { Shape = NameShape.Strong, IsAccess = true });
                int after = from + length;
                while (after < text.Length && text[after] is '"' or '\'' or '`' or ')' or ']')
                {
                    after++;
                }

                return after;
            }
        }

        int end = start + (text[start] == '.' ? 1 : 0);
        end += Run(text[end..]);
        bool isName = EnvName.IsCapital(text[start..end]);
        bool isKnown = WordTable.Of(text[start..end]) != WordClass.None;

        // Dots, dashes, slashes and apostrophes inside a word belong to it: index.js, non-empty, and/or, isn't. A name keeps to itself: API_URL's.
        while (end + 1 < text.Length && text[end] is '.' or '-' or '\'' or '/' or '@' or '#' && char.IsAsciiLetterOrDigit(text[end + 1]) && !(isName && text[end] is '\'' or '/') && !(isKnown && text[end] == '/'))
        {
            end += 1 + Run(text[(end + 1)..]);
        }

        ReadOnlySpan<char> word = text[start..end];
        char before = start > 0 ? text[start - 1] : ' ';
        char behind = end < text.Length ? text[end] : ' ';
        WordClass meaning = word.StartsWith(".env", StringComparison.Ordinal) ? WordClass.Env | WordClass.Glue : WordTable.Of(word);
        NameShape shape = meaning == WordClass.None || !word.ContainsAnyExceptInRange('A', 'Z') ? EnvName.ShapeOf(word) : NameShape.None;
        if (shape is NameShape.Weak && meaning != WordClass.None)
        {
            shape = NameShape.None;
        }

        bool isPart = (before == '/' && !EndsName(start - 1)) || before is '-' or '.' or '@' or '#' or '~' or '&' || behind == '(' || (behind == '*' && !text[end..].StartsWith("**", StringComparison.Ordinal));
        if (shape is NameShape.Strong or NameShape.Weak && !isPart)
        {
            bool quoted = before is '"' or '\'' or '`' && (behind == before || behind is '"' or '\'' or '`');
            bool access = before is '$' or '{' && behind is '}' || before is '$' or '%';
            Add(new(TokenKind.Name, start, word.Length) { Shape = shape, IsQuoted = quoted || access, IsAccess = access, IsAssigned = behind == '=' && end + 1 < text.Length && text[end + 1] is not ' ' and not '>' and not '<' });
            return end;
        }

        Add(new(TokenKind.Word, start, word.Length)
        {
            Class = meaning,
            Shape = isPart ? NameShape.None : shape,
            IsQuoted = before is '"' or '\'' or '`' && behind is '"' or '\'' or '`',
        });

        // variable(s) is one word.
        return text[end..].StartsWith("(s)", StringComparison.Ordinal) ? end + 3 : end;
    }

    // A_KEY/B_KEY
    private bool EndsName(int index) => _tokens.Count > 1 && _tokens[^2] is { Kind: TokenKind.Name } name && name.Start + name.Length == index;

    private void Add(Token token)
    {
        HasName |= token.Kind == TokenKind.Name || token.Shape == NameShape.Loose;
        _tokens.Add(token);
    }

    private static int Run(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(s_word);
        return length < 0 ? text.Length : length;
    }

    private static int AccessLength(ReadOnlySpan<char> text)
    {
        foreach (string accessor in s_accessors)
        {
            if (text.StartsWith(accessor, StringComparison.Ordinal))
            {
                return accessor.Length;
            }
        }

        return 0;
    }
}
