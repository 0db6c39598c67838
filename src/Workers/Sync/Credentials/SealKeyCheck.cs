using BusIngest.Bus;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>
/// At the start of a process on PostgreSQL: seals the key that an earlier version kept in the database, and says where the processes can't open one
/// another's sealed keys. Runs whose keys can't be opened end as Failed; nothing else depends on it.
/// </summary>
/// <param name="keys">The key of this process.</param>
/// <param name="former">What the database knows.</param>
/// <param name="database">The database.</param>
/// <param name="roles">What this process does: an api seals, workers open.</param>
/// <param name="supervisor">Has it try again while the database is away.</param>
/// <param name="logger">Where it says so.</param>
internal sealed partial class SealKeyCheck(
    SealKeys keys, FormerSealKeys former, IMainDatabase database, Roles roles, Supervisor supervisor, ILogger<SealKeyCheck> logger)
    : SupervisedService(supervisor, "sealing-key")
{
    private const Roles Alone = Roles.Api | Roles.Workers;

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        if (!database.IsPostgres || (roles & Alone) == Roles.None)
            return;
        if (!keys.IsShared && !roles.HasFlag(Alone))
        {
            LogMissing(logger);
            return;
        }

        await loop.DoAsync(() => CheckAsync(stopping));
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await former.SealAsync(cancellationToken))
            LogSealed(logger);
        var noted = await former.PrintAsync(cancellationToken);
        if (string.Equals(noted, keys.Print(), StringComparison.Ordinal))
            return;
        if (noted is not null)
            LogOther(logger);
        // Who seals says what opens.
        if (roles.HasFlag(Roles.Api))
            await former.NotePrintAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "SYNC_SECRET is not set: set it, alike in every process with the role api or workers. Until then runs with a key that a client gave end as Failed")]
    private static partial void LogMissing(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The key that seals clients' keys is another than a process before had: set SYNC_SECRET alike in every process with the role api or workers. Runs whose key the other one sealed end as Failed")]
    private static partial void LogOther(ILogger logger);

    [LoggerMessage(LogLevel.Information, "The sealing key that lay in the database is sealed itself now. Backups from before still hold it")]
    private static partial void LogSealed(ILogger logger);
}
