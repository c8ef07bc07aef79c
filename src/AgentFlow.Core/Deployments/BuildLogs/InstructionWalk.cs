namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Sentences that tell the reader to set a variable, and those that only advise it.</summary>
internal sealed class InstructionWalk(SentenceTokens tokens, NameSeeker seeker, VerdictWalk verdicts)
{
    // please set, must provide, need to define, forgot to add, or set (where something is missing), Set the ... (at the start).
    public bool Instructs(int i)
    {
        if (IsSupposed(i))
        {
            return false;
        }

        Token before = tokens[i - 1];
        if (before.Is(WordClass.Please) || before.Is(WordClass.Modal) || tokens.Is(i - 1, "please"))
        {
            return !tokens[i - 2].Is(WordClass.May | WordClass.Negation);
        }

        if (tokens.Is(i - 1, "to"))
        {
            return tokens[i - 2].Is(WordClass.Modal | WordClass.Required) || tokens.Is(i - 2, "forget") || tokens.Is(i - 2, "forgot") || tokens.Is(i - 2, "sure") && verdicts.SaysMissing();
        }

        if (tokens.Is(i - 1, "either") || tokens.Is(i - 1, "also"))
        {
            return tokens[i - 2].Is(WordClass.Please | WordClass.Modal);
        }

        if (before.Kind == TokenKind.Comma && ImperativeOfVariable(i))
        {
            return true;
        }

        if (tokens.Is(i - 1, "or") && tokens[i - 2].Kind == TokenKind.Stop && ImperativeOfVariable(i))
        {
            return true;
        }

        return (before.Kind is TokenKind.Stop or TokenKind.Colon or TokenKind.Dash or TokenKind.Close || (i == 1 && before.Kind == TokenKind.Other)) && (verdicts.SaysMissing() || ImperativeOfVariable(i) || (tokens.Is(i, "set") && (tokens.Is(i - 2, "error") || tokens.Is(i - 2, "fatal"))));
    }

    // If you need to set X, not: if you deploy, set X.
    private bool IsSupposed(int i)
    {
        for (int j = i - 1; j >= 0 && tokens[j].Kind == TokenKind.Word; j--)
        {
            if (tokens.Is(j, "if") || tokens.Is(j, "when") || tokens.Is(j, "unless"))
            {
                return true;
            }
        }

        return false;
    }

    // Set the X environment variable
    private bool ImperativeOfVariable(int i)
    {
        if (seeker.ToNames(LeadKind.Instruct, i + 1) is not { } lead)
        {
            return false;
        }

        int end = lead.Start + 1;
        while (tokens[end].Kind == TokenKind.Name || tokens[end].Kind == TokenKind.Comma || tokens[end].Is(WordClass.And))
        {
            end++;
        }

        return (lead.HasEnv || tokens[end].Is(WordClass.Env) || tokens.EnvWithin(end, 4)) && !IsPurpose(lead, end);
    }

    // or the X environment variable, by setting X, via X
    public bool Offers(int i) => (tokens[i].Is(WordClass.And | WordClass.Instruct) || tokens.Is(i, "using") || tokens.Is(i, "use") || tokens.Is(i, "via") || tokens.Is(i, "setting") || tokens.Is(i, "through") || tokens.Is(i, "with") || tokens.Is(i, "either") || tokens.Is(i, "in") || tokens.Is(i, "to"))
        && !IsSupposed(i) && (!tokens[i - 1].Is(WordClass.May) || tokens.Is(i - 2, "you")) && (verdicts.SaysMissing() || IsAsked(i));

    // Please pass a token or set the X environment variable
    private bool IsAsked(int i)
    {
        for (int j = i - 2; j >= 0 && tokens.Is(i - 1, "or") && tokens[j].Kind != TokenKind.Stop; j--)
        {
            if (tokens[j].Is(WordClass.Please))
            {
                return tokens[i].Is(WordClass.Instruct);
            }
        }

        return false;
    }

    // Set X to disable this warning; to see more, set X.
    public bool IsPurpose(Lead lead, int end)
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

    private bool IsComfort(int i) => tokens.Is(i, "disable") || tokens.Is(i, "enable") || tokens.Is(i, "activate") || tokens.Is(i, "improve") || tokens.Is(i, "increase") || tokens.Is(i, "control") || tokens.Is(i, "suppress") || tokens.Is(i, "silence") || tokens.Is(i, "hide") || tokens.Is(i, "opt") || tokens.Is(i, "skip") || tokens.Is(i, "override") || tokens.Is(i, "customize") || tokens.Is(i, "see") || tokens.Is(i, "debug") || tokens.Is(i, "show") || tokens.Is(i, "change") || tokens.Is(i, "turn") || tokens.Is(i, "speed") || tokens.Is(i, "ignore") || tokens.Is(i, "bypass");
}
