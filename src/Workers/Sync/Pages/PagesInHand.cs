namespace BusIngest.Workers.Sync.Pages;

/// <summary>
/// Bounds the memory of all pages in hand. A page takes what it needs while there is room; beyond that one page at a time goes on, until it is stored, and the
/// others wait for that. So there is always one that gets on.
/// </summary>
/// <param name="limit">In bytes.</param>
internal sealed class PagesInHand(long limit) : IDisposable
{
    private readonly SemaphoreSlim _beyond = new(1, 1);
    private long _used;

    /// <summary>What all pages have taken, in bytes.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>A page's share, of nothing at first.</summary>
    public Share Begin() => new(this);

    /// <inheritdoc />
    public void Dispose() => _beyond.Dispose();

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit || bytes <= 0)
            return true;

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>What one page has taken. It is used by one at a time.</summary>
    internal sealed class Share(PagesInHand all) : IDisposable
    {
        private long _bytes;
        private bool _isBeyond;

        /// <summary>Takes or gives back, so that the page has this much; waits where there is no room.</summary>
        /// <exception cref="OperationCanceledException">It waited for too long.</exception>
        public async ValueTask CoverAsync(long bytes, CancellationToken cancellationToken)
        {
            var more = bytes - _bytes;
            if (!_isBeyond && !all.TryTake(more))
            {
                await all._beyond.WaitAsync(cancellationToken);
                _isBeyond = true;
                Interlocked.Add(ref all._used, more);
            }
            else if (_isBeyond)
            {
                Interlocked.Add(ref all._used, more);
            }

            _bytes = bytes;
        }

        /// <inheritdoc />
        public void Dispose()
        {
            Interlocked.Add(ref all._used, -_bytes);
            _bytes = 0;
            if (_isBeyond)
                all._beyond.Release();
            _isBeyond = false;
        }
    }
}
