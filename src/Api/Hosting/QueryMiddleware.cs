namespace BusIngest.Api.Hosting;

/// <summary>Refuses queries that say a thing more than once: which one is meant nobody knows.</summary>
internal static class QueryMiddleware
{
    /// <summary>Looks at the queries of routes from here on.</summary>
    public static void UseSingleValues(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.QueryString.HasValue || context.GetEndpoint() is not RouteEndpoint)
            return next(context);

        var errors = new FieldErrors();
        foreach (var (name, values) in context.Request.Query)
        {
            if (values.Count > 1)
                errors.Add(name, "is given more than once");
        }

        return errors.AreNone ? next(context) : Problems.Validation(errors.ByField).ExecuteAsync(context);
    });
}
