using Microsoft.Extensions.Hosting;

namespace BusIngest.Bus.Storage.Files;

/// <summary>Looks after the process's SQLite files twice a second, so that the log says so when one is gone though nobody writes.</summary>
internal sealed class StorageWatch(IEnumerable<SqliteDatabase> databases, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<SqliteDatabase> _databases = [.. databases];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var database in _databases)
                database.Writer.Files.Trouble();
        }
    }
}
