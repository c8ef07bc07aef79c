namespace AgentFlow.Deployments.BuildLogs;

// What stands ahead of a token.
internal sealed partial class SentenceTokens
{
    /// <summary>True when the word is among the next few tokens.</summary>
    public bool Mentions(int from, string word)
    {
        for (int i = from; i < Math.Min(Count, from + 6); i++)
        {
            if (Is(i, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a word of the class is among the next tokens.</summary>
    public bool HasWithin(int from, int count, WordClass meaning)
    {
        for (int i = from; i < Math.Min(Count, from + count); i++)
        {
            if (this[i].Is(meaning))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>X is set, X was found: the names are there after all.</summary>
    public bool IsPresent(int i)
    {
        while (this[i].Kind == TokenKind.Word && this[i].Is(WordClass.Env | WordClass.Noun))
        {
            i++;
        }

        return Verb(i) && this[i + 1].Is(WordClass.Given);
    }

    /// <summary>True when a word such as found or set follows, over words without a meaning of their own.</summary>
    public bool GivenWithin(int from, int count)
    {
        for (int i = from; i < Math.Min(Count, from + count) && this[i].Kind is TokenKind.Word or TokenKind.Close; i++)
        {
            if (this[i].Is(WordClass.Given))
            {
                return true;
            }

            if (!this[i].Is(WordClass.Glue | WordClass.Env | WordClass.Noun))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>True when the environment is named right behind.</summary>
    public bool EnvWithin(int from, int count)
    {
        for (int i = from; i < Math.Min(Count, from + count) && this[i].Kind == TokenKind.Word && this[i].Is(WordClass.Glue | WordClass.Env); i++)
        {
            if (this[i].Is(WordClass.Env))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for a form of to be and what can stand in its place.</summary>
    public bool Verb(int i) => Is(i, "is") || Is(i, "are") || Is(i, "was") || Is(i, "were") || Is(i, "be") || Is(i, "or") || Is(i, "an") || Is(i, "been");

    /// <summary>"to" and a literal: the sentence prescribes a value, it does not miss one.</summary>
    public bool IsPrescribed(int i)
    {
        while (this[i].Is(WordClass.Env) || this[i].Is(WordClass.Noun))
        {
            i++;
        }

        if (!Is(i, "to") && this[i].Kind is not TokenKind.Equal)
        {
            return false;
        }

        Token value = this[i + 1];
        return value.Kind == TokenKind.Equal || (value.IsQuoted && value.Kind is TokenKind.Word or TokenKind.Name) || Is(i + 1, "true") || Is(i + 1, "false") || Is(i + 1, "one") || Is(i + 1, "production") || Is(i + 1, "development") || (value.Length > 0 && char.IsAsciiDigit(Text[value.Start]));
    }
}
