using BusIngest.Bus.Outbox;
using MassTransit;

namespace BusIngest.Api.Hosting;

/// <summary>Asks over the bus what only a consumer or a saga may decide.</summary>
internal static class Requests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Sends a request and waits for its answer for at most 5 s.</summary>
    /// <exception cref="OutboxUnavailableException">No answer, or it could not be carried out; answered with 503.</exception>
    public static async Task<TAnswer> AskAsync<TRequest, TAnswer>(this IRequestClient<TRequest> client, TRequest request)
        where TRequest : class
        where TAnswer : class
    {
        try
        {
            // No token of the caller's: a decision that is under way is finished whether or not somebody still listens.
            var response = await client.GetResponse<TAnswer>(request, CancellationToken.None, RequestTimeout.After(ms: (int)Deadline.TotalMilliseconds));
            return response.Message;
        }
        catch (RequestException exception)
        {
            throw new OutboxUnavailableException("The request could not be carried out in time.", Deadline, exception);
        }
    }
}
