using System.Net.Mime;
using System.Text;
using BusIngest.Api.Dashboard.Live;
using BusIngest.Api.Dashboard.Parts;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Dashboard;

/// <summary>Answers with a whole page.</summary>
internal static class PageAnswer
{
    /// <summary>A page as it is now; with 503, and the wish to be tried again, while its data can't be read.</summary>
    public static async Task<IResult> ServeAsync(HttpContext context, string name, LiveViews views)
    {
        if (DashboardPages.Find(name) is not { } page)
            return Problems.NotFound($"There is no page '{name}'.");

        var query = ViewQuery.Of(context.Request.Query);
        var view = await views.GetAsync(page, query);
        var document = await context.RequestServices.GetRequiredService<PageRenderer>().RenderAsync<Document>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(Document.PageName)] = page.Name,
            [nameof(Document.Query)] = query.Text,
            [nameof(Document.Content)] = view.Html,
        });
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(
            document, MediaTypeNames.Text.Html, Encoding.UTF8, view.IsTrouble ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
