using BusIngest.Api.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BusIngest.Api.Security;

/// <summary>How much of the server one request, or one client, can hold.</summary>
internal static class RequestLimits
{
    private const int MostHeaders = 64;
    private const int LongestRequestLine = 8 << 10;

    /// <summary>A client that sends its headers byte by byte holds a connection for so long; Kestrel gives it 30 s.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A body may be slow at its beginning, as networks are.</summary>
    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(5);

    /// <summary>Sets them.</summary>
    public static void Set(this KestrelServerLimits limits, HttpSettings settings)
    {
        limits.MaxRequestBodySize = settings.MaxBodyBytes;
        limits.MinRequestBodyDataRate = new MinDataRate(settings.MinBodyBytesPerSecond, BodyGrace);
        limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestLineSize = LongestRequestLine;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = settings.KeepAliveTimeout;
        // Those are counted by the gate, which keeps places for /health.
        limits.MaxConcurrentConnections = null;
        limits.MaxConcurrentUpgradedConnections = settings.MaxConnections;
    }
}
