using System.Net;
using System.Text.Json;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;
using BusIngest.Workers.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Orders.Api;

/// <summary>What a client of the orders asks for, and what a spec does to their rows.</summary>
internal static class OrderRequests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends a request without a body.</summary>
    public static Task<ApiAnswer> PedidosAsync(this RunningService service, string method, string route) =>
        service.Cars.SendAsync(new HttpMethod(method), $"pedidos{route}", null, Token);

    /// <summary>The JSON of a POST that succeeds.</summary>
    public static async Task<JsonElement> PostPedidosAsync(this RunningService service, string route)
    {
        var answer = await service.PedidosAsync("POST", route);
        Assert.True((int)answer.Status < 300, answer.Text);
        return answer.Json();
    }

    /// <summary>The JSON of a GET that succeeds.</summary>
    public static Task<JsonElement> GetPedidosAsync(this RunningService service, string route = "") =>
        service.Cars.GetAsync($"pedidos{route}", Token);

    /// <summary>Starts a run.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> RunOrdersAsync(this RunningService service, int quantity)
    {
        var answer = await service.PedidosAsync("POST", $"/generate?quantity={quantity}");
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        return answer.Json().GetProperty("runId").GetGuid();
    }

    /// <summary>The phase that is shown.</summary>
    public static async Task<string?> PhaseAsync(this RunningService service) => (await service.GetPedidosAsync()).GetProperty("phase").GetString();

    /// <summary>Reads the tables.</summary>
    public static async Task<T> RowsAsync<T>(this RunningService service, Func<OrdersContext, Task<T>> read)
    {
        await using var scope = service.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OrdersContext>());
    }

    /// <summary>Runs a statement behind the service's back.</summary>
    public static Task<int> SqlAsync(this RunningService service, string sql) => service.Get<MainDatabase>().Writer.WriteAsync(
        1,
        session =>
        {
            session.Execute(sql);
            return 0;
        },
        Token);

    /// <summary>Makes the database refuse to process orders.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="which">A condition on NEW.</param>
    public static Task RefuseAsync(this RunningService service, string which) => service.SqlAsync(
        $"CREATE TRIGGER poison BEFORE UPDATE ON orders WHEN NEW.status = 'processado' AND {which} BEGIN SELECT RAISE(ABORT, 'refused by the spec'); END");

    /// <summary>Ends that.</summary>
    public static Task MendAsync(this RunningService service) => service.SqlAsync("DROP TRIGGER poison");
}
