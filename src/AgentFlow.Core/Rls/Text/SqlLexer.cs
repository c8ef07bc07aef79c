using System.Text;

namespace AgentFlow.Rls.Text;

/// <summary>Splits SQL and PL/pgSQL into tokens as PostgreSQL's scanner does: comments go, strings and dollar quotes stay whole.</summary>
public static class SqlLexer
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`?:";

    /// <summary>The tokens of a text; an unterminated string or comment ends at the end of the text.</summary>
    public static IReadOnlyList<SqlToken> Read(string? sql)
    {
        List<SqlToken> tokens = [];
        ReadOnlySpan<char> text = sql ?? string.Empty;
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '-' && Next(text, at) == '-')
            {
                int end = text[at..].IndexOf('\n');
                at = end < 0 ? text.Length : at + end;
            }
            else if (c == '/' && Next(text, at) == '*')
            {
                at = SkipComment(text, at);
            }
            else if (c == '\'')
            {
                at = ReadText(text, at, escapes: false, tokens);
            }
            else if ((c is 'e' or 'E') && Next(text, at) == '\'')
            {
                at = ReadText(text, at + 1, escapes: true, tokens);
            }
            else if (c == '$' && DollarTag(text[at..]) is { } tag)
            {
                int end = text[(at + tag.Length)..].IndexOf(tag);
                int stop = end < 0 ? text.Length : at + tag.Length + end;
                tokens.Add(new(SqlTokenKind.Text, text[Math.Min(at + tag.Length, text.Length)..stop].ToString()));
                at = Math.Min(text.Length, stop + tag.Length);
            }
            else if (c == '"')
            {
                at = ReadQuoted(text, at, tokens);
            }
            else if (char.IsLetter(c) || c == '_')
            {
                int start = at;
                while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$'))
                {
                    at++;
                }

                tokens.Add(new(SqlTokenKind.Word, text[start..at].ToString().ToLowerInvariant()));
            }
            else if (char.IsDigit(c))
            {
                int start = at;
                while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '.'))
                {
                    at++;
                }

                tokens.Add(new(SqlTokenKind.Number, text[start..at].ToString()));
            }
            else
            {
                int start = at++;
                while (OperatorCharacters.Contains(c, StringComparison.Ordinal) && at < text.Length && OperatorCharacters.Contains(text[at], StringComparison.Ordinal)
                    && !(text[at] == '-' && Next(text, at) == '-') && !(text[at] == '/' && Next(text, at) == '*'))
                {
                    at++;
                }

                tokens.Add(new(SqlTokenKind.Symbol, text[start..at].ToString()));
            }
        }

        return tokens;
    }

    /// <summary>The text without comments, case and layout: two bodies that differ only there are equal.</summary>
    public static string Normalize(string? sql)
    {
        StringBuilder text = new();
        foreach (SqlToken token in Read(sql))
        {
            text.Append(token.Kind == SqlTokenKind.Text ? "'" + token.Value + "'" : token.Value).Append(' ');
        }

        return text.ToString();
    }

    private static char Next(ReadOnlySpan<char> text, int at) => at + 1 < text.Length ? text[at + 1] : '\0';

    private static int SkipComment(ReadOnlySpan<char> text, int at)
    {
        int depth = 0;
        while (at < text.Length)
        {
            if (text[at] == '/' && Next(text, at) == '*')
            {
                depth++;
                at += 2;
            }
            else if (text[at] == '*' && Next(text, at) == '/')
            {
                depth--;
                at += 2;
                if (depth == 0)
                {
                    break;
                }
            }
            else
            {
                at++;
            }
        }

        return at;
    }

    private static int ReadText(ReadOnlySpan<char> text, int at, bool escapes, List<SqlToken> tokens)
    {
        StringBuilder value = new();
        for (at++; at < text.Length; at++)
        {
            if (escapes && text[at] == '\\' && at + 1 < text.Length)
            {
                value.Append(text[++at]);
            }
            else if (text[at] != '\'')
            {
                value.Append(text[at]);
            }
            else if (Next(text, at) == '\'')
            {
                value.Append('\'');
                at++;
            }
            else
            {
                break;
            }
        }

        tokens.Add(new(SqlTokenKind.Text, value.ToString()));
        return Math.Min(text.Length, at + 1);
    }

    private static int ReadQuoted(ReadOnlySpan<char> text, int at, List<SqlToken> tokens)
    {
        StringBuilder value = new();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                value.Append(text[at]);
            }
            else if (Next(text, at) == '"')
            {
                value.Append('"');
                at++;
            }
            else
            {
                break;
            }
        }

        tokens.Add(new(SqlTokenKind.Quoted, value.ToString()));
        return Math.Min(text.Length, at + 1);
    }

    private static string? DollarTag(ReadOnlySpan<char> text)
    {
        int end = 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end < text.Length && text[end] == '$' && (end == 1 || !char.IsDigit(text[1])) ? text[..(end + 1)].ToString() : null;
    }
}
