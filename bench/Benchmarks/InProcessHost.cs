using BusIngest.Bench.Harness;
using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Bench.Benchmarks;

/// <summary>The bus and a workload in this process, put together as the program does, without HTTP.</summary>
internal sealed class InProcessHost : IAsyncDisposable
{
    private readonly WorkFolder _folder;
    private readonly IHost _host;

    private InProcessHost(WorkFolder folder, IHost host) => (_folder, _host) = (folder, host);

    /// <summary>The outbox.</summary>
    public IOutbox Outbox => _host.Services.GetRequiredService<IOutbox>();

    /// <summary>Records that wait to be consumed.</summary>
    public long Parked => _host.Services.GetRequiredService<IOutboxMonitor>().Read().Parked;

    /// <summary>By what way records leave.</summary>
    public string Mode => _host.Services.GetRequiredService<IOutboxMonitor>().Read().Mode;

    /// <summary>What consumers store.</summary>
    public MainDatabase Database => _host.Services.GetRequiredService<MainDatabase>();

    /// <summary>Builds it.</summary>
    /// <param name="options">Where its files go.</param>
    /// <param name="add">Adds the bus and the workload.</param>
    /// <param name="consumes">Whether the bus and the pump run; else what is accepted stays in the inbox.</param>
    public static async Task<InProcessHost> StartAsync(BenchOptions options, Action<IServiceCollection, DataDirectory> add, bool consumes = true)
    {
        var folder = new WorkFolder(options);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services, DataDirectory.Take(folder.File("data")));
        var host = builder.Build();
        await host.Services.PrepareStorageAsync();
        if (consumes)
            await host.StartAsync();
        return new InProcessHost(folder, host);
    }

    /// <summary>The number that a query of the main database gives, as it is on disk.</summary>
    public long Query(string sql)
    {
        using var reader = Database.OpenReader();
        var row = reader.Statement(sql);
        row.Read();
        return row.Number(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        _folder.Dispose();
    }
}
