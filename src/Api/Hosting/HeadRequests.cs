namespace BusIngest.Api.Hosting;

/// <summary>
/// Answers HEAD wherever GET is answered: as GET, of which the server then sends the headers alone. It stands before routing. Streams end with
/// their headers.
/// </summary>
internal static class HeadRequests
{
    private const string Stream = "text/event-stream";

    /// <summary>The server writes the headers after it has asked whether they are complete; a stream that ended before would be cut off.</summary>
    private static readonly TimeSpan HeadersFirst = TimeSpan.FromMilliseconds(50);

    /// <summary>Answers them from here on.</summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use((context, next) =>
        HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        context.Request.Method = HttpMethods.Get;
        context.Response.OnStarting(() =>
        {
            if (context.Response.ContentType?.StartsWith(Stream, StringComparison.Ordinal) == true)
                end.CancelAfter(HeadersFirst);
            return Task.CompletedTask;
        });
        var aborted = context.RequestAborted;
        context.RequestAborted = end.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.Response.HasStarted && !aborted.IsCancellationRequested)
        {
            // The stream ended with its headers.
        }
    }
}
