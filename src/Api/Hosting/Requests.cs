using BusIngest.Bus.Outbox;
using MassTransit;

namespace BusIngest.Api.Hosting;

/// <summary>Asks over the bus what only a consumer or a saga may decide.</summary>
internal static class Requests
{
    /// <summary>How long a decision may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Sends a request and waits for its answer for at most 5 s.</summary>
    /// <exception cref="OutboxUnavailableException">No answer, or it could not be carried out; answered with 503.</exception>
    public static async Task<TAnswer> AskAsync<TRequest, TAnswer>(this IRequestClient<TRequest> client, TRequest request)
        where TRequest : class
        where TAnswer : class
    {
        var response = await InTimeAsync(Deadline, timeout => client.GetResponse<TAnswer>(request, CancellationToken.None, timeout));
        return response.Message;
    }

    /// <summary>Sends a request that is answered in one of two ways.</summary>
    /// <param name="client">Sends it.</param>
    /// <param name="request">The request.</param>
    /// <param name="within">How long to wait for its answer.</param>
    /// <exception cref="OutboxUnavailableException">No answer, or it could not be carried out; answered with 503.</exception>
    public static Task<Response<TFirst, TSecond>> AskAsync<TRequest, TFirst, TSecond>(
        this IRequestClient<TRequest> client, TRequest request, TimeSpan within)
        where TRequest : class
        where TFirst : class
        where TSecond : class =>
        InTimeAsync(within, timeout => client.GetResponse<TFirst, TSecond>(request, CancellationToken.None, timeout));

    /// <summary>Without a token of the caller's: a decision that is under way is finished whether or not somebody still listens.</summary>
    private static async Task<TResponse> InTimeAsync<TResponse>(TimeSpan within, Func<RequestTimeout, Task<TResponse>> ask)
    {
        try
        {
            return await ask(RequestTimeout.After(ms: Math.Max(1, (int)within.TotalMilliseconds)));
        }
        catch (RequestException exception)
        {
            throw new OutboxUnavailableException("The request could not be carried out in time.", Deadline, exception);
        }
    }
}
