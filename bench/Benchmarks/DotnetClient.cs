using System.Net.Http.Headers;
using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks;

/// <summary>A closed loop over SocketsHttpHandler: the check on wrk, and its stand-in. It takes a good part of the machine itself.</summary>
internal static class DotnetClient
{
    /// <summary>Posts a body over and over.</summary>
    public static async Task<LoadResult> PostAsync(Uri address, byte[] body, int connections, TimeSpan duration)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false, ActivityHeadersPropagator = null };
        using var client = new HttpMessageInvoker(handler);
        var errors = 0L;
        var (calls, perSecond, latency) = await ClosedLoop.RunAsync(connections, duration, PostOneAsync);
        return new LoadResult(calls, errors, perSecond, latency.Figures());

        async Task PostOneAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.SendAsync(request, CancellationToken.None);
            await response.Content.CopyToAsync(Stream.Null);
            if (!response.IsSuccessStatusCode)
                Interlocked.Increment(ref errors);
        }
    }
}
