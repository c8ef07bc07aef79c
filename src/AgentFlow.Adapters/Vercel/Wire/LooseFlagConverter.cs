using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>A truth value; also 0 and 1, as number or text. Anything else is null.</summary>
internal sealed class LooseFlagConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long number) ? number != 0 : null;
            case JsonTokenType.String:
                return reader.GetString() switch
                {
                    "1" or "true" => true,
                    "0" or "false" => false,
                    _ => null,
                };
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
