using BusIngest.Bus.Outbox;
using BusIngest.Bus.Requests;
using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Api.Hosting;

/// <summary>Asks over the bus what only a consumer or a saga may decide.</summary>
internal static class Requests
{
    /// <summary>How long a decision may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends a request and waits for its answer for at most 5 s.</summary>
    /// <exception cref="OutboxUnavailableException">No answer, or it could not be carried out; answered with 503.</exception>
    public static async Task<TAnswer> AskAsync<TRequest, TAnswer>(this IRequestClient<TRequest> client, TRequest request)
        where TRequest : class
        where TAnswer : class
    {
        var response = await InTimeAsync(Deadline, (wait, timeout, limit) => client.GetResponse<TAnswer>(request, wait.Attach, limit, timeout));
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
        InTimeAsync(within, (wait, timeout, limit) => client.GetResponse<TFirst, TSecond>(request, wait.Attach, limit, timeout));

    /// <summary>Reads how things are after a decision. What is decided stays so: a database that can't be read just then must not have it answered as if not.</summary>
    /// <param name="read">Reads.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What was read; null: there is nothing, or it can't be read in time.</returns>
    public static async Task<T?> ReadDecidedAsync<T>(Func<Task<T?>> read, TimeProvider time)
        where T : class
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await read();
            }
            catch (StorageUnavailableException) when (time.GetElapsedTime(begun) < ReadPatience)
            {
                await Task.Delay(ReadPause, time, CancellationToken.None);
            }
            catch (StorageUnavailableException)
            {
                return null;
            }
        }
    }

    /// <summary>Without a token of the caller's: a decision that is under way is finished whether or not somebody still listens.</summary>
    private static async Task<TResponse> InTimeAsync<TResponse>(TimeSpan within, Func<RequestWait, RequestTimeout, CancellationToken, Task<TResponse>> ask)
    {
        // The request's own time limit begins when it is sent, and a bus that is away sends nothing.
        using var limit = new CancellationTokenSource(within, TimeProvider.System);
        try
        {
            return await ask(new RequestWait(within, TimeProvider.System), RequestTimeout.After(ms: Math.Max(1, (int)within.TotalMilliseconds)), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (exception is RequestException or OperationCanceledException)
        {
            throw new OutboxUnavailableException("The request could not be carried out in time.", Deadline, exception);
        }
    }
}
