using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>Epoch milliseconds as a number or a text, or an ISO date; anything else is null.</summary>
internal sealed class LooseTimeConverter : JsonConverter<DateTimeOffset?>
{
    private const double Latest = 253_402_300_799_999;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out double number) ? FromMilliseconds(number) : null;
            case JsonTokenType.String when reader.TryGetDateTimeOffset(out DateTimeOffset date):
                return date.ToUniversalTime();
            case JsonTokenType.String:
                return double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? FromMilliseconds(parsed) : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <summary>The time, or null for what is none.</summary>
    public static DateTimeOffset? FromMilliseconds(double milliseconds) => milliseconds is > 0 and <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
}
