using System.Text.Json.Serialization;

namespace BusIngest.Api.OpenApi;

/// <summary>The API's description at /openapi/v1.json, and its page at /docs.</summary>
/// <remarks>Schemas come from the contexts that the routes write with, so that the description is what goes over the wire.</remarks>
internal static class ApiDocument
{
    /// <summary>Describes the API.</summary>
    /// <param name="services">Where to register it.</param>
    /// <param name="asksForKey">Whether a request needs an API key.</param>
    public static void AddApiDescription(this IServiceCollection services, bool asksForKey)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, WireTypes.Instance);
        });
        services.AddOpenApi(options =>
        {
            options.CreateSchemaReferenceId = SchemaIds.Of;
            options.AddSchemaTransformer(SchemaDetails.AddAsync);
            options.AddOperationTransformer((operation, context, _) =>
            {
                operation.OperationId = OperationIds.Of(context.Description);
                QueryParameters.Describe(operation, context.Description);
                RequestBodies.Describe(operation, context.Description);
                StandardResponses.Describe(operation, context);
                if (asksForKey)
                    KeyDescription.AskForScope(operation, context);

                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "BusIngest";
                document.Info.Description = "Durable ingestion: what is answered with 2xx is kept. Errors are RFC 9457 problems.";
                document.Info.License = new() { Name = "MIT", Identifier = "MIT" };
                foreach (var server in document.Servers ?? [])
                    server.Url = server.Url?.TrimEnd('/');
                StandardResponses.AddSchemas(document);
                KeyDescription.AddScheme(document, asksForKey);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Serves the document and its page.</summary>
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
}
