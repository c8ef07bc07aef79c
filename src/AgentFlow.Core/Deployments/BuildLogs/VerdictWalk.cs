namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Walks from names to a verdict and from a verdict to names, over words that the grammar knows.</summary>
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
                    if (tokens[j].Is(WordClass.Given | WordClass.Empty) || (tokens[j].Is(WordClass.Seek) && j <= i + 2))
                    {
                        return true;
                    }
                }
            }

            if (token.Is(WordClass.Modal) && tokens[i + 1].Kind == TokenKind.Word && Given(i + 1))
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

    private bool Given(int i) => (tokens.Is(i, "be") || tokens.Is(i, "to") || tokens.Is(i, "either")) && (tokens[i + 1].Is(WordClass.Given) || (tokens[i + 1].Is(WordClass.Glue) && tokens[i + 2].Is(WordClass.Given)));

    /// <summary>True when a verdict of missing follows the names that end before the index.</summary>
    public bool Follows(int index, Token single, bool isDenied = false)
    {
        bool denied = isDenied;
        bool forbidden = false;
        bool obliged = false;
        bool pointed = false;
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

            if (token.Is(WordClass.Missing) || (token.Is(WordClass.Empty) && (Verb(i - 1) || i == index || tokens.Is(i - 1, "returned"))))
            {
                if (!denied)
                {
                    // A dump's own "X: undefined" is a value, not a verdict; a list says it (ListFormat).
                    return !(pointed && tokens.Is(i, "undefined") && tokens[i + 1].Kind is not TokenKind.Word) && !IsValueOf(i);
                }

                if (!(token.Is(WordClass.Empty) && (forbidden || obliged)))
                {
                    return false;
                }

                return true;
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
                if (tokens.Is(i + 1, "longer") || tokens.Is(i + 1, "yet") && false)
                {
                    return false;
                }

                denied = true;
                continue;
            }

            if (denied && (tokens.Is(i, "value") || tokens.Is(i, "values") || tokens.Is(i, "non-empty")))
            {
                return true;
            }

            if (obliged && !denied && (tokens.Is(i, "non-empty") || tokens.Is(i, "nonempty") || token.Is(WordClass.Given)))
            {
                return !IsPrescribed(i + 1);
            }

            if (token.Is(WordClass.Given) && denied)
            {
                return true;
            }

            if (token.Is(WordClass.Given) && !token.Is(WordClass.Glue))
            {
                return false;
            }

            if (token.Is(WordClass.Required) && !token.Is(WordClass.Modal) && !denied && !tokens.Is(i - 1, "no") && (i == index || tokens[i - 1].Kind is not TokenKind.Word || tokens[i - 1].Is(WordClass.Glue | WordClass.Noun | WordClass.Env)))
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

    /// <summary>The announcement that begins at the index, if there is one before possible names.</summary>
    public Lead? Leads(int i)
    {
        Token token = tokens[i];
        Token before = tokens[i - 1];
        if (token.Is(WordClass.Missing) && !before.Is(WordClass.Negation | WordClass.Condition) && !tokens.Is(i - 1, "0"))
        {
            Lead? lead = ToNames(LeadKind.Missing, i + 1);
            return tokens.Is(i, "undefined") && lead is { HasEnv: false } known && !tokens[known.Start].IsAccess ? null : lead;
        }

        if (token.Is(WordClass.Given) && IsDenied(i) && ToNames(LeadKind.Verdict, i + 1) is { IsColon: true } verdict && HasSubject(i))
        {
            return verdict;
        }

        if (token.Is(WordClass.Required | WordClass.Empty) && ToNames(LeadKind.Verdict, i + 1) is { IsColon: true } listed && Verb(i - 1) && HasSubject(i) && !IsDenied(i))
        {
            return listed;
        }

        if (token.Is(WordClass.Instruct) && Instructs(i))
        {
            return ToNames(LeadKind.Instruct, i + 1);
        }

        if (token.Is(WordClass.Seek) && (IsDenied(i) || tokens.Is(i - 1, "to") && (tokens.Is(i - 2, "unable") || tokens.Is(i - 2, "failed") || tokens.Is(i - 2, "impossible"))))
        {
            return ToNames(LeadKind.Seek, i + 1);
        }

        if ((tokens.Is(i, "no") && !tokens.Is(i + 1, "longer")) || (tokens.Is(i, "without") && IsRefused(i)))
        {
            return ToNames(LeadKind.None, i + 1);
        }

        if (token.Is(WordClass.Demand) && !before.Is(WordClass.Negation))
        {
            return ToNames(LeadKind.Demand, i + 1);
        }

        return Offers(i) ? ToNames(LeadKind.Alternative, i + 1) : null;
    }

    /// <summary>True when what follows the names completes the announcement.</summary>
    public bool Confirms(Lead lead, int end, List<int> names)
    {
        bool env = lead.HasEnv || tokens[end].Is(WordClass.Env) || (tokens[end].Is(WordClass.Noun) && tokens[end + 1].Is(WordClass.Env)) || tokens[names[0]].IsAccess;
        return lead.Kind switch
        {
            LeadKind.Missing => !names.TrueForAll(index => tokens[index].IsAssigned) && !tokens[end].Is(WordClass.Foreign) && !(tokens[end].Kind == TokenKind.Word && IsPresent(end)),
            LeadKind.Verdict => true,
            LeadKind.Instruct => !IsPrescribed(end) && !names.Exists(index => tokens[index].IsAssigned) && !IsPurpose(lead, end) && !names.Exists(index => EnvName.IsSwitch(tokens.TextOf(tokens[index]).ToString())),
            LeadKind.Alternative => env && !IsPrescribed(end) && !names.Exists(index => EnvName.IsSwitch(tokens.TextOf(tokens[index]).ToString())),
            LeadKind.Seek => env || EnvWithin(end, 5),
            LeadKind.None => GivenWithin(lead.From, lead.Start - lead.From) || tokens.Is(lead.From, "value") || tokens.Is(lead.From - 1, "without") || EnvWithin(end, 5) || GivenWithin(end, 6) || (env && tokens[end + 1].Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Colon),
            _ => Demands(end, env) || (tokens.Is(end, "but") || tokens[end].Kind == TokenKind.Comma) && Mentions(end, "undefined"),
        };
    }

    private bool Demands(int end, bool env) => (env && !IsPresent(end)) || (tokens.Is(end, "to") && (tokens.Is(end + 1, "exist") || (tokens.Is(end + 1, "be") && tokens[end + 2].Is(WordClass.Given))));

    private bool Mentions(int from, string word)
    {
        for (int i = from; i < Math.Min(tokens.Count, from + 6); i++)
        {
            if (tokens.Is(i, word))
            {
                return true;
            }
        }

        return false;
    }

    private Lead? ToNames(LeadKind kind, int from)
    {
        bool env = false;
        bool strict = false;
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
                case TokenKind.Word when token.Is(WordClass.Env):
                    env = true;
                    strict |= token.Is(WordClass.Environment);
                    continue;
                case TokenKind.Word when token is { Shape: NameShape.Loose, Class: WordClass.None } && strict && (token.IsQuoted || tokens.TextOf(token).Contains('_')):
                    return new(kind, from, i, true, colon);
                case TokenKind.Word when kind == LeadKind.Missing && !colon && (tokens.Is(i, "from") || tokens.Is(i, "in")):
                    return null;
                case TokenKind.Word when token.Is(WordClass.Negation | WordClass.Condition | WordClass.Optional) && !token.Is(WordClass.Glue):
                    return null;
                case TokenKind.Word when token.Is(WordClass.Glue | WordClass.Noun | WordClass.Required | WordClass.And | WordClass.Empty) || (kind is LeadKind.Verdict or LeadKind.None && token.Is(WordClass.Given)):
                    continue;
                case TokenKind.Word when kind == LeadKind.Missing && IsNumberOrBrand(i):
                    continue;
                case TokenKind.Word when (kind == LeadKind.Instruct && i == from && tokens.Is(i, "up")) || tokens.Is(i, "s"):
                    continue;
                case TokenKind.Close when i > from:
                    continue;
                default:
                    return null;
            }
        }

        return null;
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

    private bool HasSubject(int i)
    {
        for (int j = i - 1; j >= Math.Max(0, i - 14); j--)
        {
            if (tokens[j].Kind == TokenKind.Stop)
            {
                return false;
            }

            if (tokens[j].Kind == TokenKind.Word && tokens[j].Is(WordClass.Env | WordClass.Noun))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDenied(int i)
    {
        for (int j = i - 1; j >= Math.Max(0, i - 3); j--)
        {
            if (tokens[j].Is(WordClass.Negation))
            {
                return true;
            }

            if (!tokens[j].Is(WordClass.Glue | WordClass.Given))
            {
                return false;
            }
        }

        return false;
    }

    // please set, must provide, need to define, forgot to add, or set (where something is missing), Set the ... (at the start).
    private bool Instructs(int i)
    {
        Token before = tokens[i - 1];
        if (before.Is(WordClass.Please) || before.Is(WordClass.Modal) || tokens.Is(i - 1, "please"))
        {
            return !tokens[i - 2].Is(WordClass.May | WordClass.Negation);
        }

        if (tokens.Is(i - 1, "to"))
        {
            return tokens[i - 2].Is(WordClass.Modal | WordClass.Required) || tokens.Is(i - 2, "forget") || tokens.Is(i - 2, "forgot") || tokens.Is(i - 2, "sure") && SaysMissingBefore(i);
        }

        if (tokens.Is(i - 1, "either") || tokens.Is(i - 1, "also"))
        {
            return tokens[i - 2].Is(WordClass.Please | WordClass.Modal);
        }

        if (before.Kind == TokenKind.Comma && ImperativeOfVariable(i))
        {
            return true;
        }

        return before.Kind is TokenKind.Stop or TokenKind.Colon or TokenKind.Dash or TokenKind.Close && (SaysMissing() || ImperativeOfVariable(i) || (tokens.Is(i, "set") && (tokens.Is(i - 2, "error") || tokens.Is(i - 2, "fatal"))));
    }

    private bool SaysMissingBefore(int i) => i > 0 && SaysMissing();

    // Set the X environment variable
    private bool ImperativeOfVariable(int i)
    {
        if (ToNames(LeadKind.Instruct, i + 1) is not { } lead)
        {
            return false;
        }

        int end = lead.Start + 1;
        while (tokens[end].Kind == TokenKind.Name || tokens[end].Kind == TokenKind.Comma || tokens[end].Is(WordClass.And))
        {
            end++;
        }

        return (lead.HasEnv || tokens[end].Is(WordClass.Env)) && !IsPurpose(lead, end);
    }

    // or the X environment variable, by setting X, via X
    private bool Offers(int i) => (tokens[i].Is(WordClass.And | WordClass.Instruct) || tokens.Is(i, "using") || tokens.Is(i, "via") || tokens.Is(i, "setting") || tokens.Is(i, "through") || tokens.Is(i, "with") || tokens.Is(i, "either") || tokens.Is(i, "in") || tokens.Is(i, "to"))
        && (!tokens[i - 1].Is(WordClass.May) || tokens.Is(i - 2, "you")) && SaysMissing();

    // "to" and a literal: the sentence prescribes a value, it does not miss one.
    private bool IsPrescribed(int i)
    {
        while (tokens[i].Is(WordClass.Env) || tokens[i].Is(WordClass.Noun))
        {
            i++;
        }

        if (!tokens.Is(i, "to") && tokens[i].Kind is not TokenKind.Equal)
        {
            return false;
        }

        Token value = tokens[i + 1];
        return value.Kind == TokenKind.Equal || (value.IsQuoted && value.Kind is TokenKind.Word or TokenKind.Name) || tokens.Is(i + 1, "true") || tokens.Is(i + 1, "false") || tokens.Is(i + 1, "one") || tokens.Is(i + 1, "production") || tokens.Is(i + 1, "development") || (value.Length > 0 && char.IsAsciiDigit(tokens.Text[value.Start]));
    }

    // Set X to disable this warning; to see more, set X.
    private bool IsPurpose(Lead lead, int end)
    {
        for (int i = end; i < Math.Min(tokens.Count, end + 8); i++)
        {
            if (tokens[i].Kind == TokenKind.Stop)
            {
                break;
            }

            if (tokens.Is(i, "to") && IsComfort(i + 1))
            {
                return true;
            }
        }

        for (int i = lead.Start - 1; i >= 0 && tokens[i].Kind != TokenKind.Stop; i--)
        {
            if (tokens.Is(i, "to") && IsComfort(i + 1))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsComfort(int i) => tokens.Is(i, "disable") || tokens.Is(i, "suppress") || tokens.Is(i, "silence") || tokens.Is(i, "hide") || tokens.Is(i, "opt") || tokens.Is(i, "skip") || tokens.Is(i, "override") || tokens.Is(i, "customize") || tokens.Is(i, "see") || tokens.Is(i, "debug") || tokens.Is(i, "show") || tokens.Is(i, "change") || tokens.Is(i, "turn") || tokens.Is(i, "speed") || tokens.Is(i, "ignore") || tokens.Is(i, "bypass");

    // X is set, X was found
    private bool IsPresent(int i)
    {
        while (tokens[i].Kind == TokenKind.Word && tokens[i].Is(WordClass.Env | WordClass.Noun))
        {
            i++;
        }

        return Verb(i) && tokens[i + 1].Is(WordClass.Given);
    }

    private bool GivenWithin(int from, int count)
    {
        for (int i = from; i < Math.Min(tokens.Count, from + count) && tokens[i].Kind is TokenKind.Word or TokenKind.Close; i++)
        {
            if (tokens[i].Is(WordClass.Given))
            {
                return true;
            }

            if (!tokens[i].Is(WordClass.Glue | WordClass.Env | WordClass.Noun))
            {
                return false;
            }
        }

        return false;
    }

    private bool EnvWithin(int from, int count)
    {
        for (int i = from; i < Math.Min(tokens.Count, from + count) && tokens[i].Kind == TokenKind.Word && tokens[i].Is(WordClass.Glue | WordClass.Env); i++)
        {
            if (tokens[i].Is(WordClass.Env))
            {
                return true;
            }
        }

        return false;
    }

    // cannot start without X
    private bool IsRefused(int i)
    {
        for (int j = i - 1; j >= Math.Max(0, i - 5); j--)
        {
            if (tokens[j].Is(WordClass.Negation))
            {
                return true;
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

        return asked && IsPresent(end);
    }

    private bool IsValueOf(int i) => tokens[i].Is(WordClass.Missing) && tokens.Is(i - 1, "to") && tokens.Is(i - 2, "set");

    private bool Verb(int i) => tokens.Is(i, "is") || tokens.Is(i, "are") || tokens.Is(i, "was") || tokens.Is(i, "were") || tokens.Is(i, "be") || tokens.Is(i, "or") || tokens.Is(i, "an") || tokens.Is(i, "been");

    private bool IsIdentifier(Token token) => token.Shape == NameShape.Loose && tokens.TextOf(token).ContainsAnyInRange('A', 'Z');

    private bool T(int i, string word) => tokens.Is(i, word);
}
