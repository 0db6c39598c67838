using System.Net;
using System.Text.Json;
using BusIngest.Support.Cars;

namespace BusIngest.Support.Orders;

/// <summary>The routes of the orders.</summary>
/// <param name="api">The program's routes.</param>
public sealed class OrdersApi(CarsApi api)
{
    /// <summary>Asks for a run, and gives the answer whatever its status.</summary>
    public Task<ApiAnswer> TryGenerateAsync(int quantity, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Post, $"pedidos/generate?quantity={quantity}", null, cancellationToken);

    /// <summary>Starts a run, and gives its id.</summary>
    /// <exception cref="HttpRequestException">It is refused.</exception>
    public async Task<Guid> GenerateAsync(int quantity, CancellationToken cancellationToken)
    {
        var answer = Succeeded(await TryGenerateAsync(quantity, cancellationToken), HttpStatusCode.Accepted);
        return answer.Json().GetProperty("runId").GetGuid();
    }

    /// <summary>The last run.</summary>
    public async Task<OrdersStatus> StatusAsync(CancellationToken cancellationToken) =>
        (await api.GetAsync("pedidos", cancellationToken)).Deserialize<OrdersStatus>(JsonSerializerOptions.Web)
        ?? throw new HttpRequestException("No status");

    /// <summary>A run in the history.</summary>
    public async Task<OrderRunView> RunAsync(Guid runId, CancellationToken cancellationToken) =>
        (await api.GetAsync($"pedidos/runs/{runId}", cancellationToken)).Deserialize<OrderRunView>(JsonSerializerOptions.Web)
        ?? throw new HttpRequestException("No run");

    /// <summary>Ends the run.</summary>
    public Task<ApiAnswer> CancelAsync(bool removePending, CancellationToken cancellationToken) =>
        PostAsync($"cancel?purge=true&removePending={(removePending ? "true" : "false")}", cancellationToken);

    /// <summary>Wipes everything but the history.</summary>
    public Task<ApiAnswer> ResetAsync(CancellationToken cancellationToken) => PostAsync("reset", cancellationToken);

    /// <summary>Lets the queue stand.</summary>
    public Task<ApiAnswer> PauseAsync(CancellationToken cancellationToken) => PostAsync("queue/pause", cancellationToken);

    /// <summary>Lets it run.</summary>
    public Task<ApiAnswer> ResumeAsync(CancellationToken cancellationToken) => PostAsync("queue/resume", cancellationToken);

    /// <summary>Puts back what has been in hand for too long.</summary>
    /// <returns>How many jobs.</returns>
    public async Task<int> RecoverStuckAsync(CancellationToken cancellationToken) =>
        (await PostAsync("queue/recover-stuck?maxJobs=1000", cancellationToken)).Json().GetProperty("recovered").GetInt32();

    private async Task<ApiAnswer> PostAsync(string route, CancellationToken cancellationToken) =>
        Succeeded(await api.SendAsync(HttpMethod.Post, $"pedidos/{route}", null, cancellationToken), HttpStatusCode.OK);

    private static ApiAnswer Succeeded(ApiAnswer answer, HttpStatusCode status) =>
        answer.Status == status ? answer : throw new HttpRequestException($"{(int)answer.Status} {answer.Text}", null, answer.Status);
}
