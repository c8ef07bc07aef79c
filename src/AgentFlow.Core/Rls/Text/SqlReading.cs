namespace AgentFlow.Rls.Text;

/// <summary>What one SQL text mentions: names, calls, literals and settings. Read once, asked often.</summary>
public sealed class SqlReading
{
    private readonly HashSet<string> _words;

    public SqlReading(params IEnumerable<string?> texts)
    {
        Tokens = [.. texts.Where(text => !string.IsNullOrEmpty(text)).SelectMany(text => SqlLexer.Read(text))];
        _words = [.. Tokens.Where(token => token.IsName).Select(token => token.Value)];
    }

    public IReadOnlyList<SqlToken> Tokens { get; }

    /// <summary>True when the identifier occurs.</summary>
    public bool Mentions(string name) => _words.Contains(name);

    /// <summary>Every <c>name(</c> or <c>schema.name(</c>; the schema is null where none is written.</summary>
    public IEnumerable<(string? Schema, string Name)> Calls()
    {
        for (int i = 0; i + 1 < Tokens.Count; i++)
        {
            if (Tokens[i].IsName && Tokens[i + 1].Is('('))
            {
                bool qualified = i >= 2 && Tokens[i - 1].Is('.') && Tokens[i - 2].IsName;
                yield return (qualified ? Tokens[i - 2].Value : null, Tokens[i].Value);
            }
        }
    }

    /// <summary>The names of settings read through <c>current_setting('…')</c>.</summary>
    public IEnumerable<string> SettingsRead()
    {
        for (int i = 0; i + 2 < Tokens.Count; i++)
        {
            if (Tokens[i].Is("current_setting") && Tokens[i + 1].Is('(') && Tokens[i + 2].Kind == SqlTokenKind.Text)
            {
                yield return Tokens[i + 2].Value.ToLowerInvariant();
            }
        }
    }

    /// <summary>Every string literal.</summary>
    public IEnumerable<string> Literals() => Tokens.Where(token => token.Kind == SqlTokenKind.Text).Select(token => token.Value);

    /// <summary>Keys taken out of JSON: the literals to the right of <c>-></c>, <c>->></c> and of <c>jsonb_extract_path_text</c>-like paths.</summary>
    public IEnumerable<string> JsonKeys()
    {
        for (int i = 1; i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind != SqlTokenKind.Text)
            {
                continue;
            }

            if (Tokens[i - 1].Kind == SqlTokenKind.Symbol && Tokens[i - 1].Value is "->" or "->>" or "?")
            {
                yield return Tokens[i].Value;
            }
            else if (Tokens[i - 1].Kind == SqlTokenKind.Symbol && Tokens[i - 1].Value is "#>" or "#>>")
            {
                foreach (string part in Tokens[i].Value.Trim('{', '}').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    yield return part.Trim('"');
                }
            }
        }
    }

    /// <summary>Comparisons of a column with itself: <c>x.c = x.c</c>, the shape that a captured name leaves behind, and <c>c = c</c>.</summary>
    public string? SelfComparison()
    {
        for (int i = 0; i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind != SqlTokenKind.Symbol || Tokens[i].Value != "=")
            {
                continue;
            }

            string left = NameBefore(i - 1);
            string right = NameAfter(i + 1);
            if (left.Length > 0 && left == right)
            {
                return left;
            }
        }

        return null;
    }

    private string NameBefore(int i)
    {
        if (i < 0 || !Tokens[i].IsName)
        {
            return string.Empty;
        }

        string name = Tokens[i].Value;
        for (i--; i >= 1 && Tokens[i].Is('.') && Tokens[i - 1].IsName; i -= 2)
        {
            name = Tokens[i - 1].Value + "." + name;
        }

        return name;
    }

    private string NameAfter(int i)
    {
        if (i >= Tokens.Count || !Tokens[i].IsName)
        {
            return string.Empty;
        }

        string name = Tokens[i].Value;
        for (i++; i + 1 < Tokens.Count && Tokens[i].Is('.') && Tokens[i + 1].IsName; i += 2)
        {
            name += "." + Tokens[i + 1].Value;
        }

        // A call or a cast is not the bare column.
        return i < Tokens.Count && (Tokens[i].Is('(') || (Tokens[i].Kind == SqlTokenKind.Symbol && Tokens[i].Value == "::")) ? string.Empty : name;
    }
}
