using System.Text;
using System.Text.Json;
using BusIngest.Api.Timers;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Timers.Api;

/// <summary>The files that timers are read from, filled by hand.</summary>
internal sealed class TimerFiles : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly MainDatabase _main;
    private readonly InboxDatabase _inbox;

    private TimerFiles(string folder)
    {
        _directory = DataDirectory.Take(folder);
        _main = new MainDatabase(_directory, NullLogger<MainDatabase>.Instance);
        _inbox = new InboxDatabase(_directory, NullLogger<InboxDatabase>.Instance);
        Queries = new TimerQueries(new SqliteSagaDocuments(_main), new PendingTimers(_inbox));
    }

    /// <summary>Reads them.</summary>
    public TimerQueries Queries { get; }

    public static async Task<TimerFiles> OpenAsync(string folder)
    {
        var files = new TimerFiles(folder);
        await using (var sagas = new SagasContext(files._main))
            await sagas.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await using (var inbox = new InboxContext(files._inbox))
            await inbox.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return files;
    }

    /// <summary>Adds a timer's saga.</summary>
    public Task<int> AddSagaAsync(TimerState timer, string kind = TimerState.Kind) => _main.Writer.WriteAsync(
        1,
        session => session
            .Statement("""
                INSERT INTO sagas (seq, kind, correlation_id, state, version, created_at, updated_at, document)
                SELECT ifnull(max(seq), 0) + 1, ?1, ?2, ?3, 1, 0, 0, ?4 FROM sagas
                """)
            .Bind(1, kind).Bind(2, timer.CorrelationId).Bind(3, timer.CurrentState)
            .Bind(4, JsonSerializer.Serialize(timer, TimerStateJson.Default.TimerState))
            .Execute(),
        TestContext.Current.CancellationToken);

    /// <summary>Adds a message of accepted timers to the inbox.</summary>
    public Task AddPendingAsync(params CreateTimer[] timers) =>
        AddMessageAsync(nameof(CreateTimer), StoredBody.Records, JsonSerializer.Serialize(timers, TimersJson.Default.CreateTimerArray));

    /// <summary>Adds any message to the inbox.</summary>
    public Task<int> AddMessageAsync(string type, string contentType, string body) => _inbox.Writer.WriteAsync(
        1,
        session => session
            .Statement("""
                INSERT INTO inbox (seq, message_id, message_type, endpoint, records, content_type, accepted_at, body)
                SELECT ifnull(max(seq), 0) + 1, ?1, ?2, NULL, 1, ?3, 0, ?4 FROM inbox
                """)
            .Bind(1, Guid.NewGuid()).Bind(2, type).Bind(3, contentType).Bind(4, Encoding.UTF8.GetBytes(body))
            .Execute(),
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _main.DisposeAsync();
        await _inbox.DisposeAsync();
        _directory.Dispose();
    }
}
