namespace BusIngest.Api.Hosting;

/// <summary>
/// Answers HEAD wherever GET is answered: as GET, of which the server then sends the headers alone. It stands before routing. Streams end with
/// their headers.
/// </summary>
internal static class HeadRequests
{
    private const string Stream = "text/event-stream";

    /// <summary>Answers them from here on.</summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use((context, next) =>
        HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        context.Request.Method = HttpMethods.Get;
        context.RequestAborted = end.Token;
        context.Response.OnStarting(() =>
            context.Response.ContentType?.StartsWith(Stream, StringComparison.Ordinal) == true ? end.CancelAsync() : Task.CompletedTask);
        await next(context);
    }
}
