namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Walks from names to the verdict that follows them, over words that the grammar knows.</summary>
internal sealed class VerdictWalk(SentenceTokens tokens)
{
    private const int Farthest = 14;

    /// <summary>True when some clause says that something is not there, named or not.</summary>
    public bool SaysMissing()
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            Token token = tokens[i];
            if (token.Kind != TokenKind.Word)
            {
                continue;
            }

            if (token.Is(WordClass.Missing) && !tokens[i - 1].Is(WordClass.Negation | WordClass.Condition))
            {
                return true;
            }

            if (token.Is(WordClass.Negation))
            {
                for (int j = i + 1; j < Math.Min(tokens.Count, i + 8) && tokens[j].Kind is TokenKind.Word or TokenKind.Name; j++)
                {
                    if (tokens[j].Is(WordClass.Given | WordClass.Empty) || (j <= i + 2 && (tokens.Is(j, "signed") || tokens.Is(j, "logged") || tokens.Is(j, "authenticated"))) || (tokens[j].Is(WordClass.Seek) && j <= i + 2))
                    {
                        return true;
                    }
                }
            }

            if (token.Is(WordClass.Modal) && tokens[i + 1].Kind == TokenKind.Word && Given(i + 1))
            {
                return true;
            }

            if (tokens.Is(i, "must") && (tokens.Is(i + 1, "provide") || tokens.Is(i + 1, "pass") || tokens.Is(i + 1, "supply") || tokens.Is(i + 1, "specify")))
            {
                return true;
            }

            if (token.Is(WordClass.Required) && tokens[i - 1].Is(WordClass.Glue) && !tokens[i - 1].Is(WordClass.Negation))
            {
                return true;
            }

            if (tokens.Is(i, "unable") || tokens.Is(i, "failed") && tokens.Is(i + 1, "to") && tokens[i + 2].Is(WordClass.Seek))
            {
                return true;
            }
        }

        return false;
    }

    private bool Given(int i) => (tokens.Is(i, "be") || tokens.Is(i, "to") || tokens.Is(i, "either")) && (tokens[i + 1].Is(WordClass.Given) || (tokens[i + 1].Is(WordClass.Glue) && tokens[i + 2].Is(WordClass.Given)) || (tokens[i + 2].Is(WordClass.And) && tokens[i + 3].Is(WordClass.Given)));

    /// <summary>True when a value is judged and found wanting: X must be a valid URL, X is too short, X is not a number.</summary>
    public bool Rejects(int index)
    {
        int i = index;
        while (tokens[i].Kind == TokenKind.Close || tokens[i].Is(WordClass.Env) || (tokens[i].Is(WordClass.Noun) && !tokens[i].Is(WordClass.Given)))
        {
            i++;
        }

        if (tokens.Is(i, "must") || tokens.Is(i, "should"))
        {
            return IsShape(i + 1);
        }

        if (!tokens.Verb(i) && !tokens.Is(i, "has") && !tokens.Is(i, "contains") && !tokens.Is(i, "isn't"))
        {
            return false;
        }

        bool denied = tokens.Is(i, "isn't") || tokens.Is(i + 1, "not");
        i += tokens.Is(i + 1, "not") ? 2 : 1;
        i += tokens.Is(i, "a") || tokens.Is(i, "an") ? 1 : 0;
        return denied ? tokens.Is(i, "valid") || IsKind(i) : tokens[i].Is(WordClass.Invalid) || tokens.Is(i, "too");
    }

    // be a number, be at least 32, be one of, contain a digit, start with sk_
    private bool IsShape(int i) => tokens.Is(i, "be")
        ? IsKind(i + 1) || tokens.Is(i + 1, "a") || tokens.Is(i + 1, "an") || tokens.Is(i + 1, "at") || tokens.Is(i + 1, "one") || tokens.Is(i + 1, "either") || tokens.Is(i + 1, "valid") || tokens.Is(i + 1, "between") || tokens.Is(i + 1, "greater") || tokens.Is(i + 1, "less") || tokens.Is(i + 1, "longer") || tokens.Is(i + 1, "exactly")
        : tokens.Is(i, "contain") || tokens.Is(i, "have") || tokens.Is(i, "match") || tokens.Is(i, "start") || tokens.Is(i, "begin") || tokens.Is(i, "end") || tokens.Is(i, "equal") || tokens.Is(i, "consist");

    private bool IsKind(int i) => tokens.Is(i, "number") || tokens.Is(i, "numeric") || tokens.Is(i, "integer") || tokens.Is(i, "boolean") || tokens.Is(i, "string") || tokens.Is(i, "url") || tokens.Is(i, "uri") || tokens.Is(i, "positive");

    /// <summary>True when a verdict of missing follows the names that end before the index.</summary>
    public bool Follows(int index, Token single, bool isDenied = false)
    {
        bool denied = isDenied;
        bool forbidden = false;
        bool obliged = false;
        bool pointed = false;
        bool banned = false;
        int names = 0;
        for (int i = index; i < Math.Min(tokens.Count, index + Farthest); i++)
        {
            Token token = tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Open:
                    // X (missing), X (not set); other brackets are remarks.
                    if (Follows(i + 1, default) && i == index)
                    {
                        return true;
                    }

                    while (i + 1 < tokens.Count && tokens[i].Kind != TokenKind.Close && i < index + Farthest)
                    {
                        i++;
                    }

                    continue;
                case TokenKind.Close:
                    continue;
                case TokenKind.Colon or TokenKind.Dash or TokenKind.Equal when !pointed && i <= index + 2:
                    pointed = true;
                    if (i > index && tokens[i - 1].Kind is not (TokenKind.Dash or TokenKind.Equal or TokenKind.Close))
                    {
                        return false;
                    }

                    continue;
                case TokenKind.Dash or TokenKind.Equal when pointed && i <= index + 2:
                    continue;
                case TokenKind.Comma when tokens[i + 1].Is(WordClass.Glue) && (tokens.Is(i + 1, "but") || tokens.Is(i + 1, "which")):
                    continue;
                case TokenKind.Name when names++ == 0 && single.Kind == TokenKind.Name && i > index && tokens[i - 1].Is(WordClass.Env) && tokens.Is(i - 2, "in"):
                    continue;
                case TokenKind.Word:
                    break;
                default:
                    return false;
            }

            if (token.Is(WordClass.Missing) || (token.Is(WordClass.Empty) && (tokens.Verb(i - 1) || i == index || tokens.Is(i - 1, "returned"))))
            {
                // present=A missing=B: the word announces what follows it.
                if (i == index && tokens[i + 1].Kind is TokenKind.Equal or TokenKind.Colon && tokens[i + 2].Kind == TokenKind.Name)
                {
                    return false;
                }

                if (!denied)
                {
                    // A dump's own "X: undefined" is a value, not a verdict; a list says it (ListFormat).
                    return !(pointed && tokens.Is(i, "undefined") && tokens[i + 1].Kind is not TokenKind.Word) && !IsValueOf(i);
                }

                return forbidden || obliged;
            }

            if (token.Is(WordClass.Empty))
            {
                return forbidden || (denied && obliged);
            }

            if (tokens.Is(i, "cannot") || tokens.Is(i, "can't") || tokens.Is(i, "couldn't") || tokens.Is(i, "allowed"))
            {
                (denied, forbidden) = (true, true);
                continue;
            }

            if (token.Is(WordClass.Negation))
            {
                if (tokens.Is(i + 1, "longer"))
                {
                    return false;
                }

                if (tokens.Is(i + 1, "such"))
                {
                    return tokens[i + 2].Is(WordClass.Env | WordClass.Noun);
                }

                if ((tokens.Is(i + 1, "in") || tokens.Is(i + 1, "inside")) && tokens.EnvWithin(i + 1, 4))
                {
                    return true;
                }

                banned = tokens[i - 1].Is(WordClass.Modal) && !tokens.Is(i - 1, "have") && !tokens.Is(i - 1, "has");
                denied = true;
                continue;
            }

            if (denied && (tokens.Is(i, "value") || tokens.Is(i, "values") || tokens.Is(i, "non-empty")))
            {
                return true;
            }

            if (obliged && !denied && (tokens.Is(i, "non-empty") || tokens.Is(i, "nonempty") || token.Is(WordClass.Given)))
            {
                return !tokens.IsPrescribed(i + 1);
            }

            if (token.Is(WordClass.Given) && denied)
            {
                return !banned && !IsElsewhere(i + 1);
            }

            if (token.Is(WordClass.Given) && !token.Is(WordClass.Glue))
            {
                return IsHollow(i + 1);
            }

            if (token.Is(WordClass.Required) && !token.Is(WordClass.Modal) && !denied && !tokens.Is(i - 1, "no") && !tokens.Is(i + 1, "only") && (i == index || tokens[i - 1].Kind is not TokenKind.Word || tokens[i - 1].Is(WordClass.Glue | WordClass.Noun | WordClass.Env)))
            {
                return true;
            }

            if (token.Is(WordClass.Modal))
            {
                obliged = true;
                continue;
            }

            if (tokens.Is(i, "could") || tokens.Is(i, "can") || tokens.Is(i, "may") || tokens.Is(i, "might") || tokens.Is(i, "would"))
            {
                if (!tokens[i + 1].Is(WordClass.Negation))
                {
                    return false;
                }

                forbidden = true;
                continue;
            }

            if (tokens.Is(i, "expected") && !denied && tokens.Verb(i - 1) && tokens.Is(i + 1, "to"))
            {
                return tokens.Is(i + 2, "exist") || (tokens.Is(i + 2, "be") && tokens[i + 3].Is(WordClass.Given));
            }

            if (token.Is(WordClass.Condition | WordClass.Optional | WordClass.Please))
            {
                return false;
            }

            if (!token.Is(WordClass.Glue | WordClass.Env | WordClass.Noun | WordClass.And) && !IsIdentifier(token))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Please make sure that X is set.</summary>
    public bool IsEnsured(int start, int end)
    {
        bool asked = false;
        for (int i = start - 1; i >= Math.Max(0, start - 7); i--)
        {
            asked |= tokens[i].Is(WordClass.Please);
            if (tokens.Is(i, "if") || tokens.Is(i, "when") || tokens.Is(i, "unless"))
            {
                return false;
            }
        }

        return asked && tokens.IsPresent(end);
    }

    // is set but empty, is set to an empty string
    private bool IsHollow(int i)
    {
        if (!tokens.Is(i, "but") && !tokens.Is(i, "to"))
        {
            return false;
        }

        i++;
        while (tokens[i].Is(WordClass.Glue) && !tokens[i].Is(WordClass.Negation))
        {
            i++;
        }

        return tokens.Is(i, "empty") || tokens.Is(i, "blank");
    }

    // not found in the table
    private bool IsElsewhere(int i)
    {
        if (!tokens.Is(i, "in") && !tokens.Is(i, "on"))
        {
            return false;
        }

        for (int j = i + 1; j < i + 5; j++)
        {
            if (tokens.Is(j, "table") || tokens.Is(j, "column") || tokens.Is(j, "schema") || tokens.Is(j, "enum") || tokens.Is(j, "locale") || tokens.Is(j, "module") || tokens.Is(j, "class") || tokens.Is(j, "namespace"))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsValueOf(int i) => tokens[i].Is(WordClass.Missing) && tokens.Is(i - 1, "to") && tokens.Is(i - 2, "set");

    private bool IsIdentifier(Token token) => token.Shape == NameShape.Loose && tokens.TextOf(token).ContainsAnyInRange('A', 'Z');
}
