using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Words that announce names: missing X, not set: X, please set X, no X found.</summary>
internal sealed partial class LeadWalk(SentenceTokens tokens, VerdictWalk verdicts)
{
    private readonly NameSeeker _seeker = new(tokens);

    private readonly InstructionWalk _instructions = new(tokens, new(tokens), verdicts);

    /// <summary>True when the lines before speak of a validation of the environment.</summary>
    public bool IsEnvironmentNear { get; set; }

    /// <summary>The announcement that begins at the index, if there is one before possible names.</summary>
    public Lead? Leads(int i)
    {
        Token token = tokens[i];
        Token before = tokens[i - 1];
        if (token.Is(WordClass.Missing) && !before.Is(WordClass.Negation | WordClass.Condition) && !tokens.Is(i - 1, "0"))
        {
            Lead? lead = _seeker.ToNames(LeadKind.Missing, i + 1);
            return tokens.Is(i, "undefined") && lead is { HasEnv: false } known && !tokens[known.Start].IsAccess ? null : lead;
        }

        if (token.Is(WordClass.Invalid) && !before.Is(WordClass.Negation | WordClass.Condition) && _seeker.ToNames(LeadKind.Missing, i + 1) is { } rejected && (rejected.HasEnv || (IsEnvironmentNear && tokens.Is(i + 1, "value"))))
        {
            return rejected;
        }

        if (token.Is(WordClass.Given) && IsDenied(i) && _seeker.ToNames(LeadKind.Verdict, i + 1) is { IsColon: true } verdict && HasSubject(i))
        {
            return verdict;
        }

        if (token.Is(WordClass.Given) && tokens.Is(i - 1, "be") && tokens[i - 2].Is(WordClass.Modal) && _seeker.ToNames(LeadKind.Verdict, i + 1) is { IsColon: true } owed && HasSubject(i))
        {
            return owed;
        }

        if (token.Is(WordClass.Given) && IsDone(i) && _seeker.ToNames(LeadKind.Verdict, i + 1) is { } undone && undone.Start == i + 1)
        {
            return undone;
        }

        if (tokens.Is(i, "not") && (tokens.Is(i + 1, "in") || tokens.Is(i + 1, "from")) && _seeker.ToNames(LeadKind.Verdict, i + 1) is { IsColon: true, HasEnv: true } outside && HasSubject(i))
        {
            return outside;
        }

        if (token.Is(WordClass.Required | WordClass.Empty) && _seeker.ToNames(LeadKind.Verdict, i + 1) is { IsColon: true } listed && tokens.Verb(i - 1) && HasSubject(i) && !IsDenied(i))
        {
            return listed;
        }

        if (token.Is(WordClass.Instruct) && _instructions.Instructs(i))
        {
            return _seeker.ToNames(LeadKind.Instruct, i + 1);
        }

        if (token.Is(WordClass.Seek) && (IsDenied(i) || tokens.Is(i - 1, "to") && (tokens.Is(i - 2, "unable") || tokens.Is(i - 2, "failed") || tokens.Is(i - 2, "impossible"))))
        {
            return _seeker.ToNames(LeadKind.Seek, i + 1);
        }

        if ((tokens.Is(i, "no") && !tokens.Is(i + 1, "longer")) || (tokens.Is(i, "without") && (IsRefused(i) || tokens.Mentions(i, "being"))))
        {
            return _seeker.ToNames(LeadKind.None, i + 1);
        }

        if (token.Is(WordClass.Demand) && !before.Is(WordClass.Negation))
        {
            return _seeker.ToNames(LeadKind.Demand, i + 1);
        }

        return _instructions.Offers(i) ? _seeker.ToNames(LeadKind.Alternative, i + 1) : null;
    }

    /// <summary>True when what follows the names completes the announcement.</summary>
    public bool Confirms(Lead lead, int end, List<int> names)
    {
        bool env = lead.HasEnv || tokens[end].Is(WordClass.Env) || (tokens[end].Is(WordClass.Noun) && tokens[end + 1].Is(WordClass.Env)) || tokens[names[0]].IsAccess;
        return lead.Kind switch
        {
            LeadKind.Missing => !names.TrueForAll(index => tokens[index].IsAssigned) && !tokens[end].Is(WordClass.Foreign) && !(tokens[end].Kind == TokenKind.Word && tokens.IsPresent(end)),
            LeadKind.Verdict => true,
            LeadKind.Instruct => !tokens.IsPrescribed(end) && !names.Exists(index => tokens[index].IsAssigned) && !_instructions.IsPurpose(lead, end) && !names.Exists(index => EnvName.IsSwitch(tokens.TextOf(tokens[index]).ToString())),
            LeadKind.Alternative => (env || (lead.Start == lead.From && tokens.Is(lead.From - 1, "set"))) && !tokens.IsPrescribed(end) && !names.Exists(index => EnvName.IsSwitch(tokens.TextOf(tokens[index]).ToString())),
            LeadKind.Seek => env || tokens.Is(lead.Start - 1, "for") && tokens.Is(lead.Start - 2, "value") || tokens.HasWithin(0, tokens.Count, WordClass.Environment),
            LeadKind.None => IsReason(lead, end) || tokens.GivenWithin(lead.From, lead.Start - lead.From) || tokens.Is(lead.From, "value") || tokens.Is(lead.From - 1, "without") || tokens.EnvWithin(end, 5) || tokens.GivenWithin(end, 6) || (env && tokens[end + 1].Kind is TokenKind.Stop or TokenKind.Comma or TokenKind.Colon),
            _ => Demands(lead, end, env) || (tokens.Is(end, "but") || tokens[end].Kind == TokenKind.Comma) && tokens.Mentions(end, "undefined"),
        };
    }

    private bool Demands(Lead lead, int end, bool env) => (env && !tokens.IsPresent(end)) || (tokens.EnvWithin(end, 4) && (tokens.Is(lead.From - 1, "expected") || tokens.Is(lead.From - 1, "requires"))) || (tokens.Is(end, "to") && (tokens.Is(end + 1, "exist") || (tokens.Is(end + 1, "be") && tokens[end + 2].Is(WordClass.Given))));

    // you have not set X, you did not provide X
    private bool IsDone(int i) => (tokens.Is(i - 1, "not") && (tokens.Is(i - 2, "have") || tokens.Is(i - 2, "did"))) || tokens.Is(i - 1, "haven't") || tokens.Is(i - 1, "didn't");

    // Failed to start: no X
    private bool IsReason(Lead lead, int end) => tokens[lead.From - 2].Kind is TokenKind.Colon or TokenKind.Dash && tokens[end].Kind == TokenKind.Stop && lead.Start == lead.From && Failure().IsMatch(tokens.Text);

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

    [GeneratedRegex(@"\b(?:fail(?:ed|ure|s)?|errors?|cannot|can't|unable|fatal|abort\w*|refus\w*|exiting|panic)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Failure();
}
