using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Cars;
using BusIngest.Api.Sync;
using BusIngest.Contracts.Cars;
using BusIngest.Contracts.Events;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BusIngest.Api.OpenApi;

/// <summary>What types can't say of themselves: the names of enums, the bounds of messages, and what clients may leave out.</summary>
internal static class SchemaDetails
{
    /// <summary>Completes the schema of a type.</summary>
    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        foreach (var property in context.JsonTypeInfo.Properties.Where(IsLeftOutWhenNull))
            schema.Required?.Remove(property.Name);
        if (type.IsEnum)
            (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. WireTypes.Names(type).Select(name => JsonValue.Create(name))]);
        else if (type == typeof(RawJson))
            DescribeSyncEvent(schema);
        else if (type == typeof(EventPage) && schema.Properties?["events"] is OpenApiSchema events)
            DescribeSyncEvent((OpenApiSchema)(events.Items = new OpenApiSchema()));
        else if (type == typeof(NewRun))
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String };
        else if (type == typeof(Car))
            DescribeCar(schema);
        else if (type == typeof(RecordedEvent))
            DescribeEvent(schema);
        return Task.CompletedTask;
    }

    private static bool IsLeftOutWhenNull(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];

    /// <summary>It has the form that its source gave it.</summary>
    private static void DescribeSyncEvent(OpenApiSchema schema) =>
        (schema.Type, schema.Description) = (JsonSchemaType.Object, "An event as its source served it, with its time normalised");

    private static void DescribeCar(OpenApiSchema schema)
    {
        Describe(schema, optional: ["id", "generatedAt"], texts: ["normalizedMake", "normalizedModel", "location"], longest: CarField.LongestText);
        if (schema.Properties?["year"] is OpenApiSchema year)
            year.Minimum = CarField.FirstYear.ToString(CultureInfo.InvariantCulture);
        if (schema.Properties?["price"] is OpenApiSchema price)
            (price.ExclusiveMinimum, price.Maximum) = ("0", CarField.HighestPrice.ToString(CultureInfo.InvariantCulture));
    }

    private static void DescribeEvent(OpenApiSchema schema)
    {
        Describe(schema, optional: [], texts: ["event_id", "account_id", "user_id"], longest: EventDraft.LongestId);
        if (schema.Properties?["metadata"] is OpenApiSchema metadata)
            metadata.Type = JsonSchemaType.Object | JsonSchemaType.Null;
    }

    private static void Describe(OpenApiSchema schema, ReadOnlySpan<string> optional, ReadOnlySpan<string> texts, int longest)
    {
        foreach (var name in optional)
            schema.Required?.Remove(name);
        foreach (var name in texts)
        {
            if (schema.Properties?[name] is OpenApiSchema text)
                (text.MinLength, text.MaxLength) = (1, longest);
        }
    }
}
