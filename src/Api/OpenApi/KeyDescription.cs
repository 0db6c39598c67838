using BusIngest.Api.Configuration;
using BusIngest.Api.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BusIngest.Api.OpenApi;

/// <summary>Describes the API key.</summary>
internal static class KeyDescription
{
    private const string Scheme = "ApiKey";

    /// <summary>Adds the scheme. A service without keys takes requests without one, and any key.</summary>
    public static void AddScheme(OpenApiDocument document, bool asksForKey)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeys.Header,
            Description = "A key of AUTH_API_KEYS",
        });
        var key = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] };
        document.Security = asksForKey ? [key] : [[], key];
    }

    /// <summary>Names what a key has to be good for. A role beside a scheme that is no OAuth is OpenAPI 3.1's way to do that.</summary>
    public static void AskForScope(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var scope = RouteScopes.NeededBy(context.Description.HttpMethod ?? HttpMethods.Get, context.Description.RelativePath).Written();
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [scope] }];
        operation.Responses ??= [];
        operation.Responses["401"] = StandardResponses.Problem("No key, or an unknown one", context.Document);
        operation.Responses["403"] = StandardResponses.Problem($"The key is not good for {scope}", context.Document);
    }
}
