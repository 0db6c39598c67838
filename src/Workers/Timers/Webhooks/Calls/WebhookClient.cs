using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Webhooks.Gates;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>Posts deliveries over connections that were vetted, and that all attempts share.</summary>
internal sealed class WebhookClient(WebhookOptions options, IHostResolver resolver, HostAddresses addresses, ILogger<WebhookClient> logger) : IDisposable
{
    /// <summary>A connection in use was vetted when it was made; a name is looked up anew at least this often.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(30);
    private const int MaxHeadersKilobytes = 64;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        // A proxy would look the name up itself, and a redirect could lead anywhere.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        // Nobody outside needs our trace ids.
        ActivityHeadersPropagator = null,
        ConnectCallback = new VettedConnection(options.AllowedHosts, resolver, logger, addresses.Note).ConnectAsync,
        // So that no connection can be told from no answer.
        ConnectTimeout = options.Timeout / 2,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = IdleLifetime,
        MaxResponseHeadersLength = MaxHeadersKilobytes,
        MaxResponseDrainSize = 0,
    });

    /// <summary>Posts a delivery, and waits for the answer's headers.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">There was no answer in time.</exception>
    public async Task<WebhookAnswer> PostAsync(Uri url, SignedDelivery delivery, CancellationToken cancellationToken)
    {
        using var request = delivery.PostTo(url);
        return new WebhookAnswer(await _http.SendAsync(request, cancellationToken));
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
