using System.Net;

namespace BusIngest.Api.Commands.Bench;

/// <summary>What came of a request.</summary>
/// <param name="Status">The answer's; null: there was none.</param>
/// <param name="Latency">From the request to the end of the answer.</param>
/// <param name="Pause">How long to wait before the next try.</param>
/// <param name="Content">The body of an answer that is a success.</param>
/// <param name="Reason">Why it is none.</param>
internal sealed record BenchAnswer(HttpStatusCode? Status, TimeSpan Latency, TimeSpan Pause, byte[] Content, string Reason)
{
    /// <summary>What an answer that never came is counted as.</summary>
    public const string Broken = "broken off";

    private const int FirstServerError = 500;

    /// <summary>Whether what was sent is durable.</summary>
    public bool IsSuccess => Status is { } status && (int)status is >= 200 and < 300;

    /// <summary>Whether nothing of it was taken, for now.</summary>
    public bool IsDeferred => Status is HttpStatusCode.TooManyRequests;

    /// <summary>Whether the same request would be answered in the same way again. What could not be made durable in time may be, later.</summary>
    public bool IsFinal => !IsSuccess && !IsDeferred && Status is { } status && (int)status < FirstServerError;

    /// <summary>As what it is counted.</summary>
    public string Name => Status is { } status ? $"{(int)status}" : Broken;
}
