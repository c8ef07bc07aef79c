using System.Collections.Concurrent;
using System.Collections;
using System.Reflection;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>
/// Redacts every string of an output record, also in nested records, lists and dictionaries. A clean record passes as the same
/// object; a dirty one is copied first, because records are immutable to everybody else.
/// </summary>
internal sealed class RecordRedactor(Func<string, string> text)
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]?> s_plans = new();
    private static readonly MethodInfo s_clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>Redacts one string; the same reference when it is clean.</summary>
    public string Text(string value) => text(value);

    /// <summary>Redacts a record, a string or a collection of them; the same reference when it is clean.</summary>
    public object Redact(object value) => value switch
    {
        string line => text(line),
        Uri address => Address(address),
        byte[] => value,
        IDictionary map => Map(map),
        IList list when !list.IsReadOnly || list.GetType().IsArray || list.GetType().IsGenericType => Items(list),
        IEnumerable items when value.GetType().Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true => Others(items),
        _ => Record(value),
    };

    // Of keys nothing is taken but what they say of their values: a header or a variable names its secret.
    private object Map(IDictionary map)
    {
        IDictionary? copy = null;
        foreach (DictionaryEntry entry in map)
        {
            object key = Redact(entry.Key);
            object? value = entry.Value is string line && entry.Key is string name ? Named(name, line) : entry.Value is { } inner ? Redact(inner) : null;
            if (!ReferenceEquals(key, entry.Key) || !ReferenceEquals(value, entry.Value))
            {
                copy ??= Copy(map);
                copy.Remove(entry.Key);
                copy[key] = value;
            }
        }

        return copy ?? map;
    }

    private string Named(string name, string value)
    {
        string clean = text(value);
        if (!ReferenceEquals(clean, value))
        {
            return clean;
        }

        string head = $"{name}: ";
        string whole = head + value;
        string safe = text(whole);
        return !ReferenceEquals(safe, whole) && safe.StartsWith(head, StringComparison.Ordinal) ? safe[head.Length..] : value;
    }

    // Whatever was hidden in it may not leave an address that still parses; then only that something was there is said.
    private Uri Address(Uri address)
    {
        string clean = text(address.OriginalString);
        return ReferenceEquals(clean, address.OriginalString) ? address : Uri.TryCreate(clean, UriKind.RelativeOrAbsolute, out Uri? safe) ? safe : new("redacted:address");
    }

    // The same key and value types, so that the property it stands in takes it.
    private static IDictionary Copy(IDictionary map)
    {
        Type? contract = map.GetType().GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));
        IDictionary copy = contract is null ? new Hashtable(map.Count) : (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(contract.GetGenericArguments()))!;
        foreach (DictionaryEntry entry in map)
        {
            copy[entry.Key] = entry.Value;
        }

        return copy;
    }

    private object Items(IList list)
    {
        Array? copy = null;
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is not { } item)
            {
                continue;
            }

            object clean = Redact(item);
            if (!ReferenceEquals(clean, item))
            {
                copy ??= Copy(list);
                copy.SetValue(clean, i);
            }
        }

        return copy ?? (object)list;
    }

    // A set or another collection without places: it stays as it is, or becomes an array of what is clean.
    private object Others(IEnumerable items)
    {
        object?[] before = [.. items.Cast<object?>()];
        object?[] after = [.. before.Select(item => item is null ? null : Redact(item))];
        if (before.Zip(after).All(pair => ReferenceEquals(pair.First, pair.Second)))
        {
            return items;
        }

        return items is IReadOnlySet<string> ? after.OfType<string>().ToHashSet(StringComparer.Ordinal) : after;
    }

    // An array satisfies every read-only collection interface that a record may declare.
    private static Array Copy(IList list)
    {
        Type element = list.GetType().GetInterfaces()
            .First(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .GetGenericArguments()[0];
        Array copy = Array.CreateInstance(element, list.Count);
        list.CopyTo(copy, 0);
        return copy;
    }

    private object Record(object record)
    {
        if (s_plans.GetOrAdd(record.GetType(), Plan) is not { } plan)
        {
            return record;
        }

        object? copy = null;
        foreach (PropertyInfo property in plan)
        {
            if (property.GetValue(record) is not { } value)
            {
                continue;
            }

            object clean = Redact(value);
            if (!ReferenceEquals(clean, value))
            {
                copy ??= s_clone.Invoke(record, null)!;
                property.SetValue(copy, clean);
            }
        }

        return copy ?? record;
    }

    // Only our own records: they are plain data with init setters. Null for everything else.
    private static PropertyInfo[]? Plan(Type type) => type.Namespace?.StartsWith("AgentFlow", StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null
        ? [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite && property.GetIndexParameters().Length == 0 && MayHoldText(property.PropertyType))]
        : null;

    private static bool MayHoldText(Type type) => type == typeof(string) || type == typeof(object) || type == typeof(Uri)
        || (!type.IsValueType && (typeof(IEnumerable).IsAssignableFrom(type) || type.Namespace?.StartsWith("AgentFlow", StringComparison.Ordinal) == true));
}
