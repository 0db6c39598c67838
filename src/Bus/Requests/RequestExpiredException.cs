namespace BusIngest.Bus.Requests;

/// <summary>A request's deadline is past: it is not carried out, and not tried again.</summary>
/// <param name="deadline">When it was.</param>
public sealed class RequestExpiredException(DateTimeOffset deadline)
    : Exception($"The request was to be carried out by {deadline.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}; whoever asked was told that it was not.");
