namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// What English sentences of tools say about variables: names before a verdict (X and Y are not set), names after one (Missing
/// X, Y), and names that the reader is told to set. Between name and verdict only words are allowed that the grammar knows.
/// </summary>
internal sealed class SentenceGrammar
{
    private readonly SentenceTokens _tokens = new();
    private readonly List<int> _names = [];
    private readonly HashSet<int> _missing = [];
    private readonly VerdictWalk _verdicts;
    private readonly LeadWalk _leads;

    public SentenceGrammar()
    {
        _verdicts = new(_tokens);
        _leads = new(_tokens, _verdicts);
    }

    /// <summary>True when the sentence read last says that something is missing, with or without a name.</summary>
    public bool SaysMissing { get; private set; }

    public SentenceTokens Tokens => _tokens;

    /// <summary>Reads a sentence and hands out the names that it calls missing.</summary>
    public void Read(string text, bool isEnvironmentNear, Action<string> report)
    {
        _tokens.Read(text);
        _leads.IsEnvironmentNear = isEnvironmentNear;
        _missing.Clear();
        SaysMissing = _verdicts.SaysMissing();
        if (!_tokens.HasName || Doubts.AreIn(text))
        {
            return;
        }

        for (int i = 0; i < _tokens.Count; i++)
        {
            int next = TakeNames(i, isListed: false);
            if (next > i)
            {
                if (NamesBefore(i, next))
                {
                    _missing.UnionWith(_names);
                }
                else if (_tokens[i].Kind == TokenKind.Word)
                {
                    // A word before a comma is no name: what stands behind it may be one.
                    continue;
                }

                i = next - 1;
            }
        }

        for (int i = 0; i < _tokens.Count; i++)
        {
            NamesAfter(i);
        }

        foreach (int index in _missing.Order())
        {
            if (!Doubts.Follow(text, _tokens[index].End))
            {
                report(_tokens.TextOf(_tokens[index]).ToString());
            }
        }
    }

    // Names side by side: A, B and C. The indexes go to _names; the answer is where the list ends.
    private int TakeNames(int start, bool isListed)
    {
        _names.Clear();
        int i = start;
        int end = start;
        bool bracket = _tokens[start - 1].Kind == TokenKind.Open;
        while (IsCandidate(_tokens[i], isListed || _names.Count > 0))
        {
            _names.Add(i++);
            end = i;

            // A description in brackets or the rest of an access: X (your key), Y
            if (isListed && _tokens[i].Kind == TokenKind.Open && CloseOf(i) is > 0 and int close && IsSeparator(_tokens[close + 1]))
            {
                i = close + 1;
            }

            bool separated = false;
            while (IsSeparator(_tokens[i]) || (isListed && IsListSeparator(i)) || (separated && _tokens[i].Kind is TokenKind.Open))
            {
                separated = true;
                i++;
            }

            if (!separated && !((bracket || isListed) && _tokens[i] is { Kind: TokenKind.Name, Shape: NameShape.Strong }))
            {
                break;
            }
        }

        return end;
    }

    private int CloseOf(int open)
    {
        for (int i = open + 1; i < Math.Min(_tokens.Count, open + 16); i++)
        {
            if (_tokens[i].Kind == TokenKind.Close)
            {
                return i;
            }
        }

        return -1;
    }

    // A | B; C
    private bool IsListSeparator(int i) => _tokens[i] is { Kind: TokenKind.Dash or TokenKind.Stop, Length: > 0 } mark && _tokens.Text[mark.Start] is '|' or ';' && _tokens[i + 1].Kind == TokenKind.Name;

    private static bool IsSeparator(Token token) => token.Kind == TokenKind.Comma || (token.Kind == TokenKind.Word && token.Is(WordClass.And)) || token.Kind == TokenKind.Other;

    private static bool IsCandidate(Token token, bool isListed) => token.Kind == TokenKind.Name || (!isListed && token is { Kind: TokenKind.Word, Shape: NameShape.Loose, Class: WordClass.None });

    // X is not set; X and Y environment variables are required; required key X missing value.
    private bool NamesBefore(int start, int end)
    {
        if (!HasEvidence(start, end))
        {
            return false;
        }

        if (IsSupposed(start))
        {
            return _verdicts.IsEnsured(start, end);
        }

        bool env = IsEnvBeside(start, end);
        if (env && IsNeither(start))
        {
            return !_tokens.HasWithin(end, 10, WordClass.Required | WordClass.Demand);
        }

        return _verdicts.Follows(end, _names.Count == 1 ? _tokens[start] : default, isDenied: _tokens.Is(start - 1, "neither")) || (env && _verdicts.Rejects(end));
    }

    // Neither the X environment variable nor the keychain contained a password.
    private bool IsNeither(int start) => _tokens.Is(start - 1, "neither") || _tokens.Is(start - 2, "neither") || _tokens.Is(start - 3, "neither");

    // Missing X; environment variable not found: X; please set X; no X was found.
    private void NamesAfter(int i)
    {
        Token token = _tokens[i];
        if (token.Kind != TokenKind.Word || token.Class == WordClass.None)
        {
            return;
        }

        if (_leads.Leads(i) is { } lead)
        {
            int start = lead.Start;
            int end = TakeNames(start, isListed: true);
            if (end == start && IsLooseName(start, lead.HasEnv))
            {
                _names.Clear();
                _names.Add(start);
                end = start + 1;
            }

            if (end > start && _leads.Confirms(lead, end, _names) && !IsForeignBeside(start, end, lead.HasEnv, mayFollow: lead.From == start && (_tokens[start - 2].Is(WordClass.Modal | WordClass.Please) || _tokens[start - 2] is { Kind: TokenKind.Stop, Length: > 0 })))
            {
                bool hasEnv = lead.HasEnv || _tokens[end].Is(WordClass.Env) || _names.Count > 1;
                _missing.UnionWith(_names.Where(index => _tokens[index] is { Shape: NameShape.Strong or NameShape.Loose } || _tokens[index].IsQuoted || hasEnv || lead.IsColon));
            }
        }
    }

    private bool IsLooseName(int index, bool hasEnv) => hasEnv && _tokens[index] is { Kind: TokenKind.Word, Shape: NameShape.Loose, Class: WordClass.None } token && (token.IsQuoted || _tokens.TextOf(token).Contains('_'));

    // if X is not set, when X is missing, rejects X
    private bool IsSupposed(int start)
    {
        for (int i = start - 1; i >= Math.Max(0, start - 7); i--)
        {
            Token token = _tokens[i];
            if (token.Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Colon or TokenKind.Open or TokenKind.Dash || _tokens.Is(i, "because"))
            {
                return false;
            }

            if (token.Is(WordClass.Condition | WordClass.Optional) || (token.Is(WordClass.Negation) && !token.Is(WordClass.Glue) && i < start - 1))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasEvidence(int start, int end)
    {
        Token before = _tokens[start - 1];
        Token after = _tokens[end];
        bool env = IsEnvBeside(start, end);
        Token name = _tokens[start];
        if (IsForeignBeside(start, end, env))
        {
            return false;
        }

        return name.Shape switch
        {
            NameShape.Strong => !name.IsAssigned,
            NameShape.Weak => env || name.IsQuoted || name.IsAccess || _names.Count > 1 || (start == 0 || before.Kind is TokenKind.Colon or TokenKind.Stop or TokenKind.Dash or TokenKind.Close) && after.Is(WordClass.Glue | WordClass.Modal | WordClass.Missing | WordClass.Required),
            NameShape.Loose => IsEnvironmentBeside(start, end) && (name.IsQuoted || _tokens.TextOf(name).Contains('_')) && !after.Is(WordClass.Foreign),
            _ => false,
        };
    }

    private bool IsEnvBeside(int start, int end) => IsEnv(start - 1) || IsEnv(end) || (_tokens[start - 1].Kind is TokenKind.Colon or TokenKind.Open or TokenKind.Equal && IsEnv(start - 2)) || (_tokens[end].Is(WordClass.Noun) && IsEnv(end + 1));

    private bool IsEnvironmentBeside(int start, int end)
    {
        for (int i = start - 3; i <= end + 1; i++)
        {
            if (_tokens[i].Is(WordClass.Environment) && _tokens[i].Kind == TokenKind.Word)
            {
                return IsEnvBeside(start, end);
            }
        }

        return false;
    }

    private bool IsEnv(int index) => _tokens[index] is { Kind: TokenKind.Word } token && token.Is(WordClass.Env);

    private bool IsForeignBeside(int start, int end, bool hasEnv, bool mayFollow = false) => !hasEnv && ((!mayFollow && _tokens[start - 1].Is(WordClass.Foreign)) || (_tokens[end].Is(WordClass.Foreign) && !_tokens[end].Is(WordClass.Noun)));
}
