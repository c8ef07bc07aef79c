using System.Collections;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Strings, dictionaries, lists and JSON, by value and by property name. It never reflects over foreign types: what it does not know
/// as a container comes back as it is.
/// </summary>
internal static class ObjectRedactor
{
    private const int MaxDepth = 64;

    private static readonly FrozenSet<string> s_secretNames = FrozenSet.ToFrozenSet(
        ["password", "passwd", "pwd", "passphrase", "pass", "secret", "token", "apikey", "accesstoken", "refreshtoken", "idtoken", "authtoken",
            "authorization", "proxyauthorization", "clientsecret", "apisecret", "secretkey", "privatekey", "signingkey", "signingsecret", "webhooksecret",
            "secretaccesskey", "sessiontoken", "accesskey", "servicerolekey", "servicekey", "encryptionkey", "masterkey", "sharedkey", "accountkey",
            "connectionstring", "cookie", "setcookie", "credential", "credentials", "bearer", "jwt", "otp", "pin", "cvc", "cvv", "cardnumber", "dsn", "databaseurl"],
        StringComparer.OrdinalIgnoreCase);

    [ThreadStatic]
    private static HashSet<object>? s_path;

    // Named by short numbers more often than by text.
    private static readonly FrozenSet<string> s_numberNames = FrozenSet.ToFrozenSet(
        ["password", "passwd", "pwd", "pass", "passphrase", "secret", "otp", "pin", "cvc", "cvv", "cardnumber"], StringComparer.OrdinalIgnoreCase);

    public static object? Redact(RedactionSession session, object? value) => Redact(session, value, null, 0);

    private static object? Redact(RedactionSession session, object? value, string? name, int depth)
    {
        if (value is null or string or ValueType)
        {
            return RedactOne(session, value, name, depth);
        }

        // A cycle, or deeper than anybody reads: it cannot be shown whole, so it is not shown.
        HashSet<object> path = s_path ??= new(ReferenceEqualityComparer.Instance);
        if (depth > MaxDepth || !path.Add(value))
        {
            return Placeholder.Error;
        }

        try
        {
            return RedactOne(session, value, name, depth);
        }
        finally
        {
            path.Remove(value);
        }
    }

    private static object? RedactOne(RedactionSession session, object? value, string? name, int depth) => value switch
    {
        null => null,
        string text => RedactNamed(session, text, name),
        JsonElement element => RedactJson(session, element, name),
        JsonNode node => RedactNode(session, node, name),
        IReadOnlyDictionary<string, string> strings => RedactStrings(session, strings),
        IReadOnlyDictionary<string, object?> objects => RedactObjects(session, objects, depth),
        IDictionary map => RedactMap(session, map, depth),
        IList list => RedactList(session, list, name, depth),
        int or long or short or decimal or uint or ulong when name is not null && Says(s_numberNames, name) =>
            RedactNamed(session, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!, name),
        IEnumerable items => RedactItems(session, items, name, depth),
        _ => value,
    };

    /// <summary>A string under a property name: its own text, and when the name says secret the whole of it.</summary>
    internal static string RedactNamed(RedactionSession session, string text, string? name)
    {
        if (name is null || text.Length == 0 || text.StartsWith("[REDACTED", StringComparison.Ordinal))
        {
            return session.Redact(text);
        }

        if (!Says(s_secretNames, name))
        {
            return InContext(session, text, name);
        }

        Finding whole = new(0, text.Length, RuleTable.Named, session.Plan.Ids.Of(System.Text.Encoding.UTF8.GetBytes(text)));
        System.Text.StringBuilder made = new();
        Placeholder.Append(made, whole);
        return made.ToString();
    }

    /// <summary>A longer name (STRIPE_SECRET_KEY, x-api-key) does not decide alone: the value is judged as behind that name in a text.</summary>
    private static string InContext(RedactionSession session, string text, string name)
    {
        string alone = session.Redact(text);
        if (!ReferenceEquals(alone, text))
        {
            return alone;
        }

        string head = $"{name}: ";
        string whole = head + text;
        string safe = session.Redact(whole);
        return !ReferenceEquals(safe, whole) && safe.StartsWith(head, StringComparison.Ordinal) ? safe[head.Length..] : text;
    }

    private static bool Says(FrozenSet<string> names, string name)
    {
        Span<char> letters = stackalloc char[Math.Min(name.Length, 64)];
        int count = 0;
        foreach (char c in name)
        {
            if (count < letters.Length && c is not ('_' or '-' or '.' or ' '))
            {
                letters[count++] = c;
            }
        }

        return names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..count]);
    }

    private static object RedactMap(RedactionSession session, IDictionary map, int depth)
    {
        Dictionary<object, object?>? changed = null;
        foreach (DictionaryEntry entry in map)
        {
            object? before = entry.Value;
            object? after = Redact(session, before, entry.Key as string, depth + 1);
            object key = entry.Key is string text ? session.Redact(text) : entry.Key;
            if (!ReferenceEquals(before, after) || !ReferenceEquals(key, entry.Key))
            {
                changed ??= [];
                changed[entry.Key] = (key, after);
            }
        }

        return changed is null ? map : CopyMap(map, changed);
    }

    private static Dictionary<object, object?> CopyMap(IDictionary map, Dictionary<object, object?> changed)
    {
        Dictionary<object, object?> copy = new(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            (object key, object? value) = changed.TryGetValue(entry.Key, out object? pair) ? ((object, object?))pair! : (entry.Key, entry.Value);
            copy[key] = value;
        }

        return copy;
    }

    private static IReadOnlyDictionary<string, string> RedactStrings(RedactionSession session, IReadOnlyDictionary<string, string> map)
    {
        Dictionary<string, string> copy = new(map.Count, StringComparer.Ordinal);
        bool same = true;
        foreach ((string key, string value) in map)
        {
            string safeKey = session.Redact(key);
            string safe = RedactNamed(session, value, key);
            same &= ReferenceEquals(safe, value) && ReferenceEquals(safeKey, key);
            copy[safeKey] = safe;
        }

        return same ? map : copy;
    }

    private static IReadOnlyDictionary<string, object?> RedactObjects(RedactionSession session, IReadOnlyDictionary<string, object?> map, int depth)
    {
        Dictionary<string, object?> copy = new(map.Count, StringComparer.Ordinal);
        bool same = true;
        foreach ((string key, object? value) in map)
        {
            string safeKey = session.Redact(key);
            object? safe = Redact(session, value, key, depth + 1);
            same &= ReferenceEquals(safe, value) && ReferenceEquals(safeKey, key);
            copy[safeKey] = safe;
        }

        return same ? map : copy;
    }

    private static object RedactList(RedactionSession session, IList list, string? name, int depth)
    {
        object?[]? copy = null;
        for (int i = 0; i < list.Count; i++)
        {
            object? before = list[i];
            object? after = Redact(session, before, name, depth + 1);
            if (!ReferenceEquals(before, after))
            {
                copy ??= Copy(list);
                copy[i] = after;
            }
        }

        return copy is null ? list : list is string[] ? Array.ConvertAll(copy, item => (string?)item) : copy;
    }

    /// <summary>A set, a queue, a query: as it is when clean, else the clean items.</summary>
    private static object RedactItems(RedactionSession session, IEnumerable items, string? name, int depth)
    {
        object?[] before = [.. items.Cast<object?>()];
        object?[] after = Array.ConvertAll(before, item => Redact(session, item, name, depth + 1));
        return before.AsSpan().SequenceEqual(after, ReferenceEqualityComparer.Instance) ? items : after;
    }

    private static object?[] Copy(IList list)
    {
        object?[] copy = new object?[list.Count];
        list.CopyTo(copy, 0);
        return copy;
    }

    private static JsonElement RedactJson(RedactionSession session, JsonElement element, string? name)
    {
        JsonNode? node = element.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            JsonValueKind.String => JsonValue.Create(element),
            _ => null,
        };
        if (node is null)
        {
            return element;
        }

        JsonNode safe = RedactNode(session, node, name);
        using JsonDocument document = JsonDocument.Parse(safe.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonNode RedactNode(RedactionSession session, JsonNode node, string? name)
    {
        switch (node)
        {
            case JsonObject map:
                JsonObject copy = [];
                foreach ((string key, JsonNode? value) in map)
                {
                    copy[session.Redact(key)] = value is null ? null : RedactNode(session, value, key);
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(item => item is null ? null : RedactNode(session, item, name))]);
            case JsonValue value when value.TryGetValue(out string? text):
                return JsonValue.Create(RedactNamed(session, text, name))!;
            case JsonValue number when name is not null && number.GetValueKind() == JsonValueKind.Number && Says(s_numberNames, name):
                return JsonValue.Create(RedactNamed(session, number.ToJsonString(), name))!;
            default:
                return node.DeepClone();
        }
    }
}
