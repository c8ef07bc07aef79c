using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>Reads a <see cref="PageOf{T}"/> whose list is called <paramref name="list"/>.</summary>
internal abstract class PageConverter<T>(string list) : JsonConverter<PageOf<T>>
    where T : class
{
    public override PageOf<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonTypeInfo<T> item = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new(Items(ref reader, item), null);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        Utf8JsonReader start = reader;
        IReadOnlyList<T>? items = null;
        string? next = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isList = reader.ValueTextEquals(list);
            bool isPagination = reader.ValueTextEquals("pagination"u8);
            reader.Read();
            if (isList && reader.TokenType == JsonTokenType.StartArray)
            {
                items = Items(ref reader, item);
            }
            else if (isPagination && reader.TokenType == JsonTokenType.StartObject)
            {
                next = JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<PaginationDto>)options.GetTypeInfo(typeof(PaginationDto)))?.Next;
            }
            else
            {
                reader.Skip();
            }
        }

        return items is null ? new([JsonSerializer.Deserialize(ref start, item)!], next) : new(items, next);
    }

    public override void Write(Utf8JsonWriter writer, PageOf<T> value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static List<T> Items(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        List<T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonSerializer.Deserialize(ref reader, type) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }
}
