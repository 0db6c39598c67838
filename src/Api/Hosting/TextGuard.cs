using BusIngest.Contracts;

namespace BusIngest.Api.Hosting;

/// <summary>Refuses ids in the path and values of the query that no database could hold, and so nothing can be found by; see <see cref="StorableText"/>.
/// What a body holds is looked at where it is read.</summary>
internal static class TextGuard
{
    /// <summary>Watches from here on.</summary>
    public static void UseStorableText(this IApplicationBuilder app) => app.Use((context, next) =>
        Find(context.Request) is { } found ? Problems.Validation(found.Field, found.Error).ExecuteAsync(context) : next(context));

    private static (string Field, string Error)? Find(HttpRequest request)
    {
        foreach (var (name, value) in request.RouteValues)
        {
            if (value is string text && StorableText.Check(text) is { } error)
                return (name, error);
        }

        // A plain query has nothing that could be wrong.
        if (!request.QueryString.HasValue || !request.QueryString.Value.Contains('%', StringComparison.Ordinal))
            return null;

        foreach (var (name, values) in request.Query)
        {
            if (StorableText.Check(name) is not null)
                return ("$", "the query has a name that is no text");
            foreach (var value in values)
            {
                if (StorableText.Check(value) is { } error)
                    return (name, error);
            }
        }

        return null;
    }
}
