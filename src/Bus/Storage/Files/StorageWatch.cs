using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Storage.Files;

/// <summary>Looks after the process's SQLite files twice a second, so that the log says so when one is gone though nobody writes.</summary>
internal sealed class StorageWatch(IEnumerable<SqliteDatabase> databases, Supervisor supervisor) : SupervisedService(supervisor, "storage-watch")
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<SqliteDatabase> _databases = [.. databases];

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Period, LookAsync, stopping, atOnce: false);

    /// <summary>What is wrong is in the log and in health by itself.</summary>
    private Task LookAsync(CancellationToken stopping)
    {
        foreach (var database in _databases)
            database.Writer.Files.Trouble();
        return Task.CompletedTask;
    }
}
