using BusIngest.Api.Configuration;
using BusIngest.Api.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BusIngest.Api.Hosting;

/// <summary>The API's description at /openapi/v1.json, and its page at /docs.</summary>
internal static class OpenApi
{
    private const string Scheme = "ApiKey";

    /// <summary>Describes the API, and the key when one is asked for.</summary>
    public static void AddApiDescription(this IServiceCollection services, bool asksForKey) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "BusIngest";
            document.Info.Description = "Durable ingestion: what is answered with 2xx is kept. Errors are RFC 9457 problems.";
            if (asksForKey)
                AskForKey(document);

            return Task.CompletedTask;
        });
        if (asksForKey)
        {
            options.AddOperationTransformer((operation, context, _) =>
            {
                AskForScope(operation, context);
                return Task.CompletedTask;
            });
        }
    });

    /// <summary>Serves the page.</summary>
    public static void UseApiPage(this WebApplication app)
    {
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "BusIngest";
            options.SwaggerEndpoint("/openapi/v1.json", "BusIngest v1");
        });
        // Or it answers other names with a 404 of its own, which is no problem document.
        app.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json");
    }

    private static void AskForKey(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeys.Header,
        };
        document.Security ??= [];
        document.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] });
    }

    /// <summary>A role beside a scheme that is no OAuth is OpenAPI 3.1's way to name what a key has to be good for.</summary>
    private static void AskForScope(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var scope = RouteScopes.NeededBy(context.Description.HttpMethod ?? HttpMethods.Get, context.Description.RelativePath).Written();
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [scope] }];
        operation.Responses ??= [];
        operation.Responses["401"] = new OpenApiResponse { Description = "No key, or an unknown one" };
        operation.Responses["403"] = new OpenApiResponse { Description = $"The key is not good for {scope}" };
    }
}
