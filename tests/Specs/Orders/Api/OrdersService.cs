using BusIngest.Api.Configuration;
using BusIngest.Sagas.Orders;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Orders;

namespace BusIngest.Specs.Orders.Api;

/// <summary>A spec of the whole program that runs orders.</summary>
public abstract class OrdersService : Spec
{
    /// <summary>Starts it.</summary>
    /// <param name="chunkSize">Orders a chunk.</param>
    /// <param name="batchSize">NORMAL orders a batch.</param>
    private protected async Task<RunningService> StartAsync(int chunkSize = 1_000, int batchSize = 1_000) =>
        Own(await RunningService.StartAsync(Settings(chunkSize, batchSize)));

    /// <summary>Its settings: what is stuck for a second is stuck.</summary>
    private protected Settings Settings(int chunkSize, int batchSize) => RunningService.SettingsIn(Folder) with
    {
        OrderRun = new OrderRunOptions { ChunkSize = chunkSize, BatchSize = batchSize },
        Orders = new OrdersOptions { StuckAfter = TimeSpan.FromSeconds(1), Logs = true },
    };

    /// <summary>Waits for a phase.</summary>
    private protected static Task PhaseAsync(RunningService service, string phase) =>
        UntilAsync($"The phase is {phase}", _ => service.PhaseAsync(), shown => string.Equals(shown, phase, StringComparison.Ordinal));

    /// <summary>Runs orders to their end.</summary>
    private protected static async Task<Guid> DoneAsync(RunningService service, int quantity)
    {
        var run = await service.RunOrdersAsync(quantity);
        await PhaseAsync(service, "DONE");
        return run;
    }
}
