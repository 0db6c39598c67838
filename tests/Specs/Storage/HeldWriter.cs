using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

/// <summary>A writer that is busy until this is disposed.</summary>
internal sealed class HeldWriter : IAsyncDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly Task _busy;

    public HeldWriter(SqliteWriter writer)
    {
        using var begun = new ManualResetEventSlim();
        _busy = writer.WriteAsync(0, _ =>
        {
            begun.Set();
            _release.Wait(TimeSpan.FromSeconds(30));
            return 0;
        });
        begun.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _release.Set();
        await _busy;
        _release.Dispose();
    }
}
