using System.Collections.Concurrent;
using BusIngest.Bus.Sessions;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Security;

/// <summary>Sessions whose users logged out before their time was up: known to every process that shares the database, and after a restart.</summary>
internal sealed class EndedSessions(ISessionStore store, IMainDatabase database, TimeProvider time, ILogger<EndedSessions> logger) : IDisposable
{
    /// <summary>What others ended is known here after so long.</summary>
    private static readonly TimeSpan Staleness = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, byte> _ended = new();
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _open = new();
    private readonly SemaphoreSlim _looking = new(1, 1);
    private long? _lookedAt;

    /// <summary>Whether a session was ended.</summary>
    public async ValueTask<bool> ContainsAsync(Guid session)
    {
        // Only this process writes a file of its own, and has read it once.
        if (_lookedAt is not { } at || (database.IsPostgres && time.GetElapsedTime(at) > Staleness))
            await LookAsync();
        return _ended.ContainsKey(session);
    }

    /// <summary>Ends a session: here at once, streams too, and elsewhere soon.</summary>
    /// <exception cref="StorageUnavailableException">It can't be written down now, and may be taken again after a restart.</exception>
    public async Task AddAsync(BrowserSession session)
    {
        End(session.Id);
        await store.AddAsync(session.Id, session.Ends);
    }

    /// <summary>Ends with the session, or when it is over.</summary>
    public CancellationToken Until(BrowserSession session)
    {
        var end = _open.GetOrAdd(session.Id, _ => new CancellationTokenSource(Later(session.Ends), time));
        if (end.IsCancellationRequested || _ended.ContainsKey(session.Id))
        {
            _open.TryRemove(session.Id, out _);
            return new CancellationToken(canceled: true);
        }

        return end.Token;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var end in _open.Values)
            end.Dispose();
        _looking.Dispose();
    }

    private TimeSpan Later(DateTimeOffset moment) => moment - time.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    private void End(Guid session)
    {
        _ended[session] = 0;
        if (_open.TryRemove(session, out var end))
            end.Cancel();
    }

    private async Task LookAsync()
    {
        await _looking.WaitAsync(CancellationToken.None);
        try
        {
            if (_lookedAt is { } at && (!database.IsPostgres || time.GetElapsedTime(at) <= Staleness))
                return;

            var now = time.GetUtcNow();
            foreach (var session in await store.ListAsync(now))
                End(session);
            _lookedAt = time.GetTimestamp();
        }
        catch (StorageUnavailableException exception)
        {
            // What is known already counts; the next request looks again.
            logger.LogDebug(exception, "Which sessions were ended can't be read now");
        }
        finally
        {
            _looking.Release();
        }
    }
}
