using BusIngest.Api.Hosting;

namespace BusIngest.Api.Dashboard.Live;

/// <summary>A page's content as server-sent events: at once, and then whenever it looks otherwise.</summary>
internal static class LiveStream
{
    /// <summary>Tells proxies, and us, that the other side is still there.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    /// <summary>Sends events until the client goes, or the host stops.</summary>
    public static async Task ServeAsync(string page, HttpContext context, LiveViews views, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (DashboardPages.Find(page) is not { } shown)
        {
            await Problems.NotFound($"There is no page '{page}'.").ExecuteAsync(context);
            return;
        }

        var query = ViewQuery.Of(context.Request.Query);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await SendAsync(context.Response, () => views.GetAsync(shown, query), time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The response ends here.
        }
    }

    private static async Task SendAsync(HttpResponse response, Func<Task<LiveView>> look, TimeProvider time, CancellationToken cancellationToken)
    {
        LiveView? sent = null;
        var sentAt = time.GetTimestamp();
        while (true)
        {
            var view = await look();
            var isNew = view != sent;
            if (isNew || time.GetElapsedTime(sentAt) >= Heartbeat)
            {
                await response.Body.WriteAsync(isNew ? view.Event : Comment, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                (sent, sentAt) = (view, time.GetTimestamp());
            }

            await Task.Delay(LiveViews.Lifetime, time, cancellationToken);
        }
    }
}
