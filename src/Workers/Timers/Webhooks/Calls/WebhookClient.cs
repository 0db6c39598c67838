using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>Posts deliveries over connections that were vetted, and that all attempts share.</summary>
internal sealed class WebhookClient(WebhookOptions options, IHostResolver resolver) : IDisposable
{
    /// <summary>A connection in use was vetted when it was made; a name is looked up anew at least this often.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(30);
    private const int MaxHeadersKilobytes = 16;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        // A proxy would look the name up itself, and a redirect could lead anywhere.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        // Nobody outside needs our trace ids.
        ActivityHeadersPropagator = null,
        ConnectCallback = new VettedConnection(options.AllowedHosts, resolver).ConnectAsync,
        ConnectTimeout = options.Timeout,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = IdleLifetime,
        MaxResponseHeadersLength = MaxHeadersKilobytes,
        MaxResponseDrainSize = 0,
    });

    /// <summary>Posts a delivery and reads the beginning of the answer.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">There was no answer in time.</exception>
    public async Task<WebhookAnswer> PostAsync(Uri url, SignedDelivery delivery, CancellationToken cancellationToken)
    {
        using var request = delivery.PostTo(url);
        using var response = await _http.SendAsync(request, cancellationToken);
        var headers = response.Headers.NonValidated;
        return new WebhookAnswer
        {
            Status = (int)response.StatusCode,
            Location = headers.TryGetValues("Location", out var location) ? location.ToString() : null,
            RetryAfter = headers.TryGetValues("Retry-After", out var retryAfter) ? retryAfter.ToString() : null,
            Body = await ResponseExcerpt.ReadAsync(response.Content, cancellationToken),
        };
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
