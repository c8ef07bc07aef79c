namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Walks from an announcing word to the names it announces.</summary>
internal sealed class NameSeeker(SentenceTokens tokens)
{
    private const int Farthest = 14;

    /// <summary>Where the names begin; null when a word stands between that the grammar does not allow there.</summary>
    public Lead? ToNames(LeadKind kind, int from)
    {
        bool env = false;
        bool strict = false;
        bool variable = false;
        bool colon = false;
        for (int i = from; i < Math.Min(tokens.Count, from + Farthest); i++)
        {
            Token token = tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Name:
                    return new(kind, from, i, env || BackEnv(from - 1), colon);
                case TokenKind.Colon or TokenKind.Open or TokenKind.Equal or TokenKind.Dash:
                    colon = true;
                    continue;
                case TokenKind.Other when tokens.Text[token.Start] == '/':
                    continue;
                case TokenKind.Word when token.Is(WordClass.Env):
                    env = true;
                    strict |= token.Is(WordClass.Environment);
                    variable |= !(tokens.Is(i, "environment") || tokens.Is(i, "env"));
                    continue;
                case TokenKind.Word when token is { Shape: NameShape.Loose, Class: WordClass.None } && strict && variable && (token.IsQuoted || tokens.TextOf(token).Contains('_')):
                    return new(kind, from, i, true, colon);
                case TokenKind.Word when kind == LeadKind.Missing && !colon && (tokens.Is(i, "from") || tokens.Is(i, "in")) && !IsListedBy(i + 1):
                    return null;
                case TokenKind.Word when token.Is(WordClass.Negation | WordClass.Condition | WordClass.Optional) && !token.Is(WordClass.Glue):
                    return null;
                case TokenKind.Word when token.Is(WordClass.Glue | WordClass.Noun | WordClass.Required | WordClass.And | WordClass.Empty) || (kind is LeadKind.Verdict or LeadKind.None && token.Is(WordClass.Given)):
                    continue;
                case TokenKind.Word when kind == LeadKind.Missing && IsNumberOrBrand(i):
                    continue;
                case TokenKind.Word when (kind == LeadKind.Instruct && i == from && tokens.Is(i, "up")) || tokens.Is(i, "s"):
                    continue;
                case TokenKind.Word when kind == LeadKind.Missing && !colon && token.Is(WordClass.Given) && tokens[i + 1].Kind == TokenKind.Colon:
                    continue;
                case TokenKind.Close when i > from || tokens[from - 2].Kind == TokenKind.Open:
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    // Missing from your environment: X
    private bool IsListedBy(int i)
    {
        while (tokens[i].Is(WordClass.Glue | WordClass.Env))
        {
            i++;
        }

        return tokens[i].Kind == TokenKind.Colon && tokens[i - 1].Is(WordClass.Env);
    }

    // Missing 2 variables; missing Stripe key
    private bool IsNumberOrBrand(int i) => char.IsAsciiDigit(tokens.Text[tokens[i].Start])
        || (tokens[i].Class == WordClass.None && char.IsAsciiLetterUpper(tokens.Text[tokens[i].Start]) && tokens[i + 1].Is(WordClass.Env | WordClass.Noun | WordClass.Glue));

    private bool BackEnv(int i)
    {
        for (int j = i - 1; j >= Math.Max(0, i - 5); j--)
        {
            if (tokens[j].Kind is TokenKind.Stop or TokenKind.Comma)
            {
                return false;
            }

            if (tokens[j].Is(WordClass.Env) && tokens[j].Kind == TokenKind.Word)
            {
                return true;
            }
        }

        return false;
    }
}
