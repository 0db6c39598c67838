using System.Text.Json;

namespace BusIngest.Api.Orders;

/// <summary>The run's status as server-sent events.</summary>
internal static class OrderStream
{
    /// <summary>That of server-sent events.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>Tells proxies, and us, that the other side is still there.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Sends events until the client goes, or the host stops.</summary>
    public static async Task ServeAsync(HttpContext context, OrderFeed feed, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var events = feed.ListenAsync(end.Token).GetAsyncEnumerator(end.Token);
        // The first look is before the headers: if it fails, that is answered as of any route.
        var next = events.MoveNextAsync().AsTask();
        try
        {
            await next;
            context.Response.ContentType = ContentType;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            while (true)
            {
                await WaitAsync(next, context.Response, time, end.Token);
                if (!await next)
                    return;
                await SendAsync(context.Response, events.Current.Show(time.GetUtcNow()), end.Token);
                next = events.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The response ends here.
        }
        finally
        {
            // Events can't be disposed of while one is waited for.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for an event, with a comment now and then.</summary>
    private static async Task WaitAsync(Task next, HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(next, Task.Delay(Heartbeat, time, cancellationToken)) != next && !cancellationToken.IsCancellationRequested)
        {
            await response.WriteAsync(":\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private static async Task SendAsync(HttpResponse response, OrdersStatus status, CancellationToken cancellationToken)
    {
        await response.WriteAsync("event: status\ndata: ", cancellationToken);
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(status, OrderApiJson.Default.OrdersStatus), cancellationToken);
        await response.WriteAsync("\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
