using System.Text.Json;

namespace BusIngest.Support.OpenApi;

/// <summary>Holds JSON against a schema of an OpenAPI 3.1 document: the keywords that our documents use, and no others.</summary>
/// <param name="document">The document, which references lead into.</param>
/// <param name="mayHaveMore">Whether objects may have fields that are not described, as bodies of clients may.</param>
internal sealed class SchemaCheck(JsonElement document, bool mayHaveMore)
{
    /// <summary>What is wrong with a value, each with its path; empty: nothing.</summary>
    public IEnumerable<string> Errors(JsonElement schema, JsonElement value, string path = "$")
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            if (choices.EnumerateArray().Count(choice => !Errors(choice, value, path).Any()) != 1)
                yield return $"{path} is not exactly one of {choices.GetArrayLength()} schemas";
            yield break;
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(value, name)))
        {
            yield return $"{path} is {value.ValueKind}, not {type}";
            yield break;
        }

        if (schema.TryGetProperty("enum", out var words) && value.ValueKind != JsonValueKind.Null && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
            yield return $"{path} is {value}, none of {words}";

        var inner = value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, value, path),
            JsonValueKind.Array => OfArray(schema, value, path),
            JsonValueKind.String => OfText(schema, value.GetString()!, path),
            JsonValueKind.Number => OfNumber(schema, value.GetDouble(), path),
            _ => [],
        };
        foreach (var error in inner)
            yield return error;
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = document;
            foreach (var step in reference.GetString()!.TrimStart('#', '/').Split('/'))
                schema = schema.GetProperty(step);
        }

        return schema;
    }

    private IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{path}.{name} is missing";
        }

        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var field in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(field.Name, out var property))
            {
                foreach (var error in Errors(property, field.Value, $"{path}.{field.Name}"))
                    yield return error;
            }
            else if (others.ValueKind == JsonValueKind.Object)
            {
                foreach (var error in Errors(others, field.Value, $"{path}.{field.Name}"))
                    yield return error;
            }
            else if (!mayHaveMore && properties.ValueKind == JsonValueKind.Object)
            {
                yield return $"{path}.{field.Name} is not described";
            }
        }
    }

    private IEnumerable<string> OfArray(JsonElement schema, JsonElement value, string path)
    {
        var count = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var least) && count < least.GetInt32())
            yield return $"{path} has {count} items, less than {least}";
        if (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32())
            yield return $"{path} has {count} items, more than {most}";
        if (!schema.TryGetProperty("items", out var item))
            yield break;

        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            foreach (var error in Errors(item, element, $"{path}[{index}]"))
                yield return error;
            index++;
        }
    }

    private static IEnumerable<string> OfText(JsonElement schema, string value, string path)
    {
        var isRight = !schema.TryGetProperty("format", out var format) || format.GetString() switch
        {
            "uuid" => Guid.TryParse(value, out _),
            "date-time" => DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        if (!isRight)
            yield return $"{path} is '{value}', no {format}";
        if (schema.TryGetProperty("minLength", out var least) && value.Length < least.GetInt32())
            yield return $"{path} is shorter than {least}";
        if (schema.TryGetProperty("maxLength", out var most) && value.EnumerateRunes().Count() > most.GetInt32())
            yield return $"{path} is longer than {most}";
    }

    private static IEnumerable<string> OfNumber(JsonElement schema, double value, string path)
    {
        if (schema.TryGetProperty("minimum", out var least) && value < least.GetDouble())
            yield return $"{path} is {value}, less than {least}";
        if (schema.TryGetProperty("exclusiveMinimum", out var above) && value <= above.GetDouble())
            yield return $"{path} is {value}, not above {above}";
        if (schema.TryGetProperty("maximum", out var most) && value > most.GetDouble())
            yield return $"{path} is {value}, more than {most}";
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"Type {type} of a schema"),
    };
}
