using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks;

/// <summary>The client that was asked for: wrk where it is installed, else the one in .NET.</summary>
internal static class LoadClient
{
    /// <summary>Posts a body over and over.</summary>
    public static Task<LoadResult> PostAsync(
        BenchOptions options, WorkFolder folder, Uri address, byte[] body, int connections, TimeSpan duration) =>
        (options.Client ?? (WrkClient.IsInstalled ? "wrk" : "dotnet")) is "wrk"
            ? WrkClient.PostAsync(folder, address, body, connections, duration)
            : DotnetClient.PostAsync(address, body, connections, duration);
}
