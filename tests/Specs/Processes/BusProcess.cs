using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Specs.Processes;

/// <summary>The bus of one process on a data directory, without HTTP: what <see cref="BusRegistration"/> puts together.</summary>
internal sealed class BusProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private readonly IHost _host;
    private bool _stopped;
    private bool _abandoned;

    private BusProcess(IHost host) => _host = host;

    public IOutbox Outbox => Get<IOutbox>();

    public SqliteInbox Inbox => Get<SqliteInbox>();

    public InboxDatabase InboxFile => Get<InboxDatabase>();

    public MainDatabase MainFile => Get<MainDatabase>();

    public static async Task<BusProcess> StartAsync(string folder, BusSetup setup)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(setup.Clock);
        builder.Services.AddBus(DataDirectory.Take(Path.Combine(folder, "data")), setup.Options, setup.Consumers);
        setup.Services(builder.Services);
        var process = new BusProcess(builder.Build());
        await process._host.Services.PrepareStorageAsync(TestContext.Current.CancellationToken);
        await process._host.StartAsync(TestContext.Current.CancellationToken);
        return process;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Finishes what is in hand, like SIGTERM.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return _host.StopAsync(CancellationToken.None);
    }

    /// <summary>Stops with no time left to finish anything.</summary>
    public Task StopAtOnceAsync()
    {
        _stopped = true;
        return _host.StopAsync(new CancellationToken(canceled: true));
    }

    /// <summary>Gives up the directory and lets go of everything as it stands, like a kill: what consumers have in hand, the test
    /// must never let go on.</summary>
    public void Abandon()
    {
        Get<DataDirectory>().Dispose();
        _abandoned = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_abandoned)
            return;
        if (!_stopped)
            await StopAsync().WaitAsync(StopDeadline, TimeProvider.System);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
