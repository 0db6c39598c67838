using System.Globalization;
using System.Text.Json.Nodes;
using BusIngest.Api.Hosting;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace BusIngest.Api.OpenApi;

/// <summary>Describes the query of a route by the <see cref="QueryField"/>s that it reads.</summary>
internal static class QueryParameters
{
    /// <summary>Describes an operation's query.</summary>
    /// <exception cref="InvalidOperationException">The route reads a field that it does not say anything of.</exception>
    public static void Describe(OpenApiOperation operation, ApiDescription route)
    {
        var fields = route.ActionDescriptor.EndpointMetadata.OfType<QueryField>().ToDictionary(field => field.Name, StringComparer.Ordinal);
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
        {
            if (!fields.TryGetValue(parameter.Name!, out var field))
                throw new InvalidOperationException($"{route.HttpMethod} {route.RelativePath} does not describe its query's {parameter.Name}: add it by WithQuery");

            parameter.Description = field.Description;
            parameter.Schema = Schema(field);
        }
    }

    private static OpenApiSchema Schema(QueryField field) => field.Kind switch
    {
        QueryFieldKind.Whole => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = field.Most > int.MaxValue ? "int64" : "int32",
            Minimum = field.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = field.Most.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(long.Parse(field.Absent!, CultureInfo.InvariantCulture)),
        },
        QueryFieldKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(bool.Parse(field.Absent!)) },
        QueryFieldKind.Word => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. field.Words.Select(word => JsonValue.Create(word))],
            Default = field.Absent is { } absent ? JsonValue.Create(absent) : null,
        },
        QueryFieldKind.Time => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
