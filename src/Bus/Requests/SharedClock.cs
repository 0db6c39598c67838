using BusIngest.Bus.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BusIngest.Bus.Requests;

/// <summary>
/// The clock that processes go by where they have to agree on a moment: PostgreSQL's, or in one process alone its own. How far the own one is from it
/// is measured now and then; while that is not known, the clocks of the machines may differ by what a deadline leaves for the answer.
/// </summary>
internal sealed class SharedClock(IServiceProvider services, TimeProvider time, ILogger<SharedClock> logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly PostgresDatabase? _database = services.GetService<PostgresDatabase>();
    private readonly SemaphoreSlim _measuring = new(1, 1);
    private TimeSpan _offset;
    private long? _nextAt;

    /// <summary>Now.</summary>
    public async ValueTask<DateTimeOffset> NowAsync()
    {
        if (_database is not null && IsDue())
            await MeasureAsync(_database);
        return time.GetUtcNow() + _offset;
    }

    /// <inheritdoc />
    public void Dispose() => _measuring.Dispose();

    private bool IsDue() => _nextAt is not { } next || time.GetTimestamp() >= next;

    private async Task MeasureAsync(PostgresDatabase database)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await _measuring.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            if (!IsDue())
                return;

            _offset = await ReadOffsetAsync(database, patience.Token).WaitAsync(patience.Token);
            Next(Interval);
        }
        catch (Exception exception)
        {
            // Whatever it is, a request goes out all the same.
            logger.LogDebug(exception, "The database's clock can't be read; its distance is taken to be {Offset}", _offset);
            Next(AfterFailure);
        }
        finally
        {
            _measuring.Release();
        }
    }

    private async Task<TimeSpan> ReadOffsetAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var (before, begun) = (time.GetUtcNow(), time.GetTimestamp());
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        // The answer is half a round trip old.
        return row.GetFieldValue<DateTimeOffset>(0) - before - (time.GetElapsedTime(begun) / 2);
    }

    private void Next(TimeSpan pause) => _nextAt = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
}
