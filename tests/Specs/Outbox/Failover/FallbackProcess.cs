using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Relays;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>An outbox over a scripted lane and the real inbox of a directory: what <see cref="FallbackRegistration"/> puts together.</summary>
internal sealed class FallbackProcess : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;
    private bool _abandoned;

    private FallbackProcess(IHost host, ScriptedLane lane)
    {
        _host = host;
        Lane = lane;
    }

    public ScriptedLane Lane { get; }

    public IOutbox Outbox => Get<IOutbox>();

    public IOutboxLane Chunks => Get<IOutboxLane>();

    public LaneBreaker Breaker => Get<LaneBreaker>();

    public SqliteInbox Inbox => Get<SqliteInbox>();

    public FailoverSessions Sessions => Get<FailoverSessions>();

    public OutboxStatus Status => Get<IOutboxMonitor>().Read();

    /// <summary>Puts it together; nothing runs by itself until <see cref="RunAsync"/>.</summary>
    public static async Task<FallbackProcess> OpenAsync(string folder, ScriptedLane lane, TimeProvider clock, FallbackSetup? setup = null)
    {
        setup ??= new FallbackSetup();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var directory = DataDirectory.Take(Path.Combine(folder, "data"));
        builder.Services
            .AddSingleton(_ => directory).AddSingleton(clock).AddSingleton(setup.Outbox).AddSingleton(setup.Inbox)
            .AddSingleton<InboxDatabase>().AddDatabasePart<InboxContext>().AddSingleton<SqliteInbox>()
            .AddSingleton<IPrimaryLane>(lane).AddSingleton<IOutbox, CoalescingOutbox>()
            .AddChunk(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records))
            .AddRecord(RelayJson.Default.Errand, RelayJson.Default.ErrandArray)
            .AddFallbackOutbox(setup.Breaker, setup.Recovery, new FailoverOptions { LogDirectory = Path.Combine(folder, "logs"), Process = "here/1" });
        var process = new FallbackProcess(builder.Build(), lane);
        await DatabaseMigrations.MigrateAsync(process._host.Services, TestContext.Current.CancellationToken);
        process.Inbox.Open();
        return process;
    }

    /// <summary>Puts it together, and lets it run.</summary>
    public static async Task<FallbackProcess> StartAsync(string folder, ScriptedLane lane, TimeProvider clock, FallbackSetup? setup = null)
    {
        var process = await OpenAsync(folder, lane, clock, setup);
        await process.RunAsync();
        return process;
    }

    public Task RunAsync()
    {
        _started = true;
        return _host.StartAsync(TestContext.Current.CancellationToken);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Publishes each note by itself.</summary>
    public async Task PublishAsync(params IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
            await Outbox.PublishAsync(new Note(number), TestContext.Current.CancellationToken);
    }

    /// <summary>The rows of the inbox, as another connection sees them.</summary>
    public List<InboxMessage> Rows(string? type = null)
    {
        using var context = new InboxContext(Get<InboxDatabase>());
        return [.. context.Set<InboxMessage>().Where(row => type == null || row.MessageType == type).OrderBy(row => row.Seq)];
    }

    /// <summary>The numbers of the notes that reached the server, in this order.</summary>
    public IReadOnlyList<int> Delivered() => [.. Lane.Received.Where(message => message.HasNotes).SelectMany(message => message.Numbers)];

    /// <summary>Gives up the directory and lets go of everything as it stands, like a kill.</summary>
    public void Abandon()
    {
        Get<DataDirectory>().Dispose();
        _abandoned = true;
    }

    /// <summary>Ends what was abandoned, before its folder is deleted.</summary>
    public Task EndAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_abandoned)
            return;
        if (_started)
            await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
