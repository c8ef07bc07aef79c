using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Safety;

/// <summary>
/// Redacts what a pipeline carries besides strings: objects of note properties, dictionaries, lists, JSON, scalars. It does not reflect
/// over foreign types; one of those is refused rather than passed.
/// </summary>
internal static class PipelineObject
{
    private const int MaxDepth = 32;

    /// <summary>The items of an argument: those of a list, else the one.</summary>
    public static IEnumerable<object?> Items(object? input) => Base(input) is IList list and not byte[] ? list.Cast<object?>() : [input];

    /// <summary>The text of what is only text: a string, or a record of another stream (2>&amp;1, *>&amp;1).</summary>
    public static string? AsText(object? item) => Base(item) switch
    {
        string or char or ErrorRecord or InformationalRecord or InformationRecord or Exception => item!.ToString(),
        _ => null,
    };

    /// <summary>The same object when it is clean, else a redacted one.</summary>
    /// <exception cref="AfFaultException">AfTextExpected: it is of a kind whose texts cannot all be seen.</exception>
    public static object Redact(RedactionSession session, RecordRedactor records, object? item) => new Walk(session, records).Visit(item, null)!;

    private static object? Base(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private sealed class Walk(RedactionSession session, RecordRedactor records)
    {
        private readonly HashSet<object> _path = new(ReferenceEqualityComparer.Instance);

        public object? Visit(object? value, string? name)
        {
            object? inner = Base(value);
            object? safe = inner switch
            {
                null or bool or SecureString or PSCredential or Secret or SwitchParameter => inner,
                string text => session.Redact(text, name),
                PSCustomObject or IDictionary or IList => Nested(value!, inner, name),
                JsonElement or JsonNode => session.Redact(inner),
                _ when AsText(inner) is { } text => session.Redact(text, name),
                _ when inner.GetType().Namespace?.StartsWith("AgentFlow", StringComparison.Ordinal) == true => records.Redact(inner),
                IFormattable scalar when inner.GetType() is { IsValueType: true } or { Name: nameof(Version) or nameof(Uri) } => Scalar(scalar, inner),
                Uri or Version => Scalar(null, inner),
                _ => throw NotText(inner),
            };
            return ReferenceEquals(safe, inner) ? value : safe;
        }

        private object? Nested(object value, object inner, string? name)
        {
            object identity = inner is PSCustomObject ? value : inner;
            if (_path.Count > MaxDepth || !_path.Add(identity))
            {
                // A cycle, or deeper than anybody reads: it cannot be shown whole, so it is not shown.
                return "[REDACTED:error]";
            }

            try
            {
                return inner switch
                {
                    IDictionary map => Map(map),
                    IList list => List(list, name),
                    _ => Properties((PSObject)value, inner),
                };
            }
            finally
            {
                _path.Remove(identity);
            }
        }

        private object Properties(PSObject source, object inner)
        {
            PSObject copy = new();
            bool same = true;
            foreach (string type in source.TypeNames.Where(type => type is not ("System.Object" or "System.Management.Automation.PSCustomObject")).Reverse())
            {
                copy.TypeNames.Insert(0, type);
            }

            foreach (PSPropertyInfo property in source.Properties)
            {
                // What a script property gives is read now: its code could give something else later.
                object? before = property.Value;
                object? after = Visit(before, property.Name);
                same &= ReferenceEquals(before, after) && property.MemberType == PSMemberTypes.NoteProperty;
                copy.Properties.Add(new PSNoteProperty(session.Redact(property.Name), after));
            }

            return same ? inner : copy;
        }

        private IDictionary Map(IDictionary map)
        {
            IDictionary copy = map is Hashtable ? new Hashtable(map.Count, StringComparer.CurrentCultureIgnoreCase) : new OrderedDictionary(map.Count, StringComparer.CurrentCultureIgnoreCase);
            bool same = true;
            foreach (DictionaryEntry entry in map)
            {
                object key = entry.Key is string text ? session.Redact(text) : entry.Key;
                object? after = Visit(entry.Value, entry.Key as string);
                same &= ReferenceEquals(key, entry.Key) && ReferenceEquals(after, entry.Value);
                copy[key] = after;
            }

            return same ? map : copy;
        }

        private IList List(IList list, string? name)
        {
            if (list is byte[])
            {
                throw NotText(list);
            }

            object?[] copy = new object?[list.Count];
            bool same = true;
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = Visit(list[i], name);
                same &= ReferenceEquals(copy[i], list[i]) || (list[i] is ValueType before && before.Equals(copy[i]));
            }

            return same ? list : copy;
        }

        // A number can be a card's; only when its text is clean does it keep its type.
        private object Scalar(IFormattable? formattable, object inner)
        {
            string text = formattable?.ToString(null, System.Globalization.CultureInfo.InvariantCulture) ?? inner.ToString() ?? string.Empty;
            string safe = session.Redact(text);
            return ReferenceEquals(safe, text) ? inner : safe;
        }

        private static AfFaultException NotText(object inner) => new(
            FaultKind.InvalidArgument,
            FaultId.TextExpected,
            $"A {inner.GetType().FullName} is neither text nor made of plain properties, so its secrets cannot all be seen.",
            inner is FileSystemInfo ? "Give -Destination to copy files, or pipe their content." : "Make it text first (Out-String -Stream, ConvertTo-Json), or pick its properties.");
    }
}
