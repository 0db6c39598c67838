using System.Threading.Channels;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Fetches pages and stores them in their order, both at once: while a page is stored, the next ones are fetched.</summary>
internal sealed class Stretch(SyncClaims claims, SyncOptions options, TimeProvider time, Guid holder, Position position)
{
    private readonly Channel<(FetchedPage Page, PageCommit Commit)> _pages =
        Channel.CreateBounded<(FetchedPage, PageCommit)>(new BoundedChannelOptions(options.LookAhead) { SingleReader = true, SingleWriter = true });

    private int _stored;

    /// <summary>Runs until the stretch is over, and all that was fetched is stored.</summary>
    /// <param name="loop">Fetches.</param>
    /// <param name="stopping">Says that the process stops: what was fetched is stored, and that is the end.</param>
    /// <exception cref="FencedOffException">Somebody else has taken over.</exception>
    /// <exception cref="Bus.Storage.StorageUnavailableException">The database is away.</exception>
    public async Task<StretchEnd> RunAsync(PageLoop loop, CancellationToken stopping)
    {
        using var broken = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, broken.Token);
        var storing = StoreAllAsync(broken);
        StretchEnd end;
        try
        {
            end = await loop.RunAsync(HandAsync, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The process stops, or the storing tells below what is wrong.
            end = new StretchEnd(StretchResult.More);
        }
        finally
        {
            _pages.Writer.TryComplete();
        }

        await storing;
        return end with { Pages = _stored };

        // Not ended by a stop: the position is behind the page already, and must not get ahead of what is stored.
        async Task HandAsync(FetchedPage page)
        {
            try
            {
                await _pages.Writer.WriteAsync((page, position.Commit(holder, page, time.GetUtcNow())), broken.Token);
            }
            catch
            {
                page.Dispose();
                throw;
            }
        }
    }

    private async Task StoreAllAsync(CancellationTokenSource broken)
    {
        try
        {
            await foreach (var (page, commit) in _pages.Reader.ReadAllAsync(CancellationToken.None))
            {
                using (page)
                    await claims.StoreAsync(commit);
                _stored++;
            }
        }
        catch
        {
            await broken.CancelAsync();
            _pages.Writer.TryComplete();
            while (_pages.Reader.TryRead(out var left))
                left.Page.Dispose();
            throw;
        }
    }
}
