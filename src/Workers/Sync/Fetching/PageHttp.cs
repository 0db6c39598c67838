using System.Net;
using BusIngest.Workers.Net;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>The connections to all sources: vetted when they are made.</summary>
internal sealed class PageHttp(SyncOptions options, IHostResolver resolver, ILogger<PageHttp> logger) : IDisposable
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private const int MaxHeadersKilobytes = 32;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        // A proxy would look the name up itself, and a redirect could lead anywhere.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = new VettedConnection(options.CallableHosts, resolver, logger).ConnectAsync,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = IdleLifetime,
        MaxResponseHeadersLength = MaxHeadersKilobytes,
    });

    /// <summary>Sends a request and returns when the answer's headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
