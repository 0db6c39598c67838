using System.Globalization;
using BusIngest.Api.Hosting;
using BusIngest.Api.Limits;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace BusIngest.Api.OpenApi;

/// <summary>The answers and headers that routes have in common, by what they take: a query, a body, an id, an idempotency key, a limit.</summary>
internal static class StandardResponses
{
    private const string ProblemJson = "application/problem+json";
    private const string ProblemId = "ProblemDetails";
    private const string ValidationId = "HttpValidationProblemDetails";

    /// <summary>Completes an operation.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var responses = operation.Responses ??= [];
        var isPost = HttpMethods.IsPost(context.Description.HttpMethod ?? "");
        Add(responses, StatusCodes.Status503ServiceUnavailable);
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 } || isPost)
            Add(responses, StatusCodes.Status400BadRequest);
        if (operation.RequestBody is not null)
        {
            Add(responses, StatusCodes.Status408RequestTimeout);
            Add(responses, StatusCodes.Status413PayloadTooLarge);
            Add(responses, StatusCodes.Status415UnsupportedMediaType);
        }

        if (isPost)
        {
            Add(responses, StatusCodes.Status409Conflict);
            AddIdempotencyKey(operation);
        }

        var isLimited = context.Description.ActionDescriptor.EndpointMetadata.OfType<LimitedRoute>().Any();
        foreach (var (status, response) in responses.ToList())
            responses[status] = Complete(status, response, isLimited, context.Document);
    }

    /// <summary>Adds the schemas of problems.</summary>
    public static void AddSchemas(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        // In place of the framework's, which has no errors and numbers that may be texts.
        document.Components.Schemas[ProblemId] = ProblemSchema();
        var validation = ProblemSchema();
        validation.Description = "What was wrong with a request, by field";
        validation.Properties!["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What is wrong with each field, under its name as the client wrote it",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        document.Components.Schemas[ValidationId] = validation;
    }

    /// <summary>A response that is a problem.</summary>
    public static OpenApiResponse Problem(string description, OpenApiDocument? document) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [ProblemJson] = new() { Schema = new OpenApiSchemaReference(ProblemId, document) },
        },
    };

    private static void Add(OpenApiResponses responses, int status) =>
        responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(status) });

    private static IOpenApiResponse Complete(string status, IOpenApiResponse described, bool isLimited, OpenApiDocument? document)
    {
        if (described is not OpenApiResponse response)
            return described;
        if (status[0] is '4' or '5')
            response = Problem(response.Description ?? "", document);
        if (status is "400")
            response.Content![ProblemJson].Schema = new OpenApiSchemaReference(ValidationId, document);
        if (status is "429" or "503" or "409")
            AddHeader(response, "Retry-After", "Seconds after which to try again, where trying again can help", JsonSchemaType.Integer);
        if (status is "415")
            AddHeader(response, "Accept-Encoding", "The encodings of bodies that are read", JsonSchemaType.String);
        if (isLimited)
        {
            AddHeader(response, "RateLimit-Policy", "The limits of this route (draft-ietf-httpapi-ratelimit-headers)", JsonSchemaType.String);
            AddHeader(response, "RateLimit", "What is left of them", JsonSchemaType.String);
        }

        DescribeLists(response);
        return response;
    }

    private static void DescribeLists(OpenApiResponse response)
    {
        foreach (var type in new[] { ListFormats.NdJson, ListFormats.Csv })
        {
            if (response.Content?.TryGetValue(type, out var media) != true)
                continue;

            media!.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            AddHeader(response, "Link", "The next page, as `rel=\"next\"` (RFC 8288); absent at the end", JsonSchemaType.String);
        }
    }

    private static void AddHeader(OpenApiResponse response, string name, string description, JsonSchemaType type)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
    }

    private static void AddIdempotencyKey(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Description = "The same key with the same request within 24 h gives the first answer again; with another request it is 409",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255, Pattern = "^[!-~]+$" },
        });
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error (RFC 9457)",
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The kind of problem, as a URI" },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What it is" },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The answer's status" },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong here" },
            ["violated-policies"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "The limits that were passed (draft-ietf-httpapi-ratelimit-headers)",
            },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Under which the logs and traces have it" },
            ["instance"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where it happened" },
        },
    };
}
