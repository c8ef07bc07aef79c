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
        IReadOnlyDictionary<string, string> map => Map(map),
        IList list when !list.IsReadOnly || list.GetType().IsArray || list.GetType().IsGenericType => Items(list),
        _ => Record(value),
    };

    private object Map(IReadOnlyDictionary<string, string> map)
    {
        Dictionary<string, string>? copy = null;
        foreach ((string key, string value) in map)
        {
            string clean = text(value);
            if (!ReferenceEquals(clean, value))
            {
                copy ??= new(map);
                copy[key] = clean;
            }
        }

        return copy ?? map;
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

    private static bool MayHoldText(Type type) => type == typeof(string) || type == typeof(object)
        || (!type.IsValueType && (typeof(IEnumerable).IsAssignableFrom(type) || type.Namespace?.StartsWith("AgentFlow", StringComparison.Ordinal) == true));
}
