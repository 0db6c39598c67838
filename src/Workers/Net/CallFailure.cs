using System.Net.Sockets;
using System.Security.Authentication;

namespace BusIngest.Workers.Net;

/// <summary>Says in a few words why there was no answer.</summary>
internal static class CallFailure
{
    private const int MaxLength = 300;

    /// <summary>The address that may not be called, if that is why.</summary>
    public static BlockedAddressException? FindBlocked(Exception exception) => Find<BlockedAddressException>(exception);

    /// <summary>Whether there was no connection, rather than no answer.</summary>
    public static bool IsWithoutConnection(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    /// <summary>The reason, in the words of an operator.</summary>
    public static string Describe(HttpRequestException exception)
    {
        var text = Find<SocketException>(exception) is { } socket ? Describe(socket)
            : Find<AuthenticationException>(exception) is { } tls ? $"TLS failed: {tls.Message}"
            : Describe(exception.HttpRequestError, exception.Message);
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }

    private static string Describe(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "host not found",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "host unreachable",
        SocketError.TimedOut => "connection timed out",
        _ => $"connection failed: {exception.Message}",
    };

    private static string Describe(HttpRequestError error, string message) => error switch
    {
        HttpRequestError.ResponseEnded => "connection closed before an answer",
        HttpRequestError.InvalidResponse => "the answer is not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "the answer's headers are too long",
        _ => message,
    };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not (null or T))
            exception = exception.InnerException;
        return (T?)exception;
    }
}
