using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Copies;

/// <summary>
/// In a process that writes and notes no changes: says that copies are no longer kept, so that whoever keeps them later begins with all documents.
/// </summary>
internal sealed class EndFeedsAtStart(CopyFeeds feeds, Supervisor supervisor) : SupervisedService(supervisor, "copies-end")
{
    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.DoAsync(() => feeds.EndAsync(stopping));
}
