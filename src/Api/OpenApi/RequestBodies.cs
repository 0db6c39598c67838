using BusIngest.Api.Cars;
using BusIngest.Contracts.Cars;
using BusIngest.Api.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace BusIngest.Api.OpenApi;

/// <summary>Describes what the signature of a route can't say of its body.</summary>
internal static class RequestBodies
{
    private const string Json = "application/json";

    /// <summary>Describes an operation's body.</summary>
    public static void Describe(OpenApiOperation operation, ApiDescription route)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content } body)
            return;

        // Bodies are read whatever their Content-Type says; a client that is generated is to say what it sends.
        content.Remove(RequestBody.AnyType);
        body.Required = !route.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>().Any(accepted => accepted.IsOptional);
        if (content.TryGetValue(Json, out var media) && media.Schema?.Items is { } car
            && route.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>().Any(accepted => accepted.RequestType == typeof(Car[])))
        {
            content[Json] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    OneOf =
                    [
                        car,
                        new OpenApiSchema { Type = JsonSchemaType.Array, Items = car, MinItems = 1, MaxItems = CarsReader.MaxCars },
                    ],
                },
            };
        }
    }
}
