using BusIngest.Bench.Harness;
using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Cars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Bench.Benchmarks;

/// <summary>The bus and the cars workload in this process, put together as the program does, without HTTP and without the generator.</summary>
internal sealed class InProcessHost : IAsyncDisposable
{
    private readonly WorkFolder _folder;
    private readonly IHost _host;

    private InProcessHost(WorkFolder folder, IHost host) => (_folder, _host) = (folder, host);

    /// <summary>The outbox.</summary>
    public IOutbox Outbox => _host.Services.GetRequiredService<IOutbox>();

    /// <summary>Records that wait to be consumed.</summary>
    public long Parked => _host.Services.GetRequiredService<IOutboxMonitor>().Read().Parked;

    /// <summary>Cars in the table.</summary>
    public long Stored
    {
        get
        {
            using var reader = _host.Services.GetRequiredService<MainDatabase>().OpenReader();
            var count = reader.Statement("SELECT count(*) FROM cars");
            count.Read();
            return count.Number(0);
        }
    }

    /// <summary>Builds it.</summary>
    /// <param name="options">Where its files go.</param>
    /// <param name="consumes">Whether the bus and the pump run; else what is accepted stays in the inbox.</param>
    public static async Task<InProcessHost> StartAsync(BenchOptions options, bool consumes)
    {
        var folder = new WorkFolder(options);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddInProcessBus(DataDirectory.Take(folder.File("data")), new BusOptions(), bus => bus.AddCarConsumers(seeder: false));
        builder.Services.AddCars(seeder: null);
        var host = builder.Build();
        await host.Services.PrepareStorageAsync();
        if (consumes)
            await host.StartAsync();
        return new InProcessHost(folder, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        _folder.Dispose();
    }
}
