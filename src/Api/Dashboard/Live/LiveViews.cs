using System.Collections.Concurrent;
using BusIngest.Api.Dashboard.Parts;
using BusIngest.Bus.Storage;
using Npgsql;

namespace BusIngest.Api.Dashboard.Live;

/// <summary>
/// Renders what is looked at, once a second at most, however many look: all viewers of a page share one rendering, and what nobody looks at
/// costs nothing.
/// </summary>
internal sealed class LiveViews(PageRenderer renderer, IMainDatabase database, TimeProvider time, ILogger<LiveViews> logger) : IDisposable
{
    /// <summary>How long a rendering is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Beyond so many, the ones that were not looked at for longest are forgotten.</summary>
    private const int Many = 100;

    /// <summary>So many are forgotten at once, so that it is not done for each.</summary>
    private const int Surplus = 20;

    /// <summary>So many are rendered at once: a query of its own makes a view of its own.</summary>
    private readonly SemaphoreSlim _rendering = new(4, 4);

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>A page as it was at most a second ago. The same object again as long as it looks the same.</summary>
    public async Task<LiveView> GetAsync(DashboardPage page, ViewQuery query)
    {
        var slot = Find(page.Name + query.Text);
        await slot.Gate.WaitAsync(CancellationToken.None);
        try
        {
            slot.UsedAt = time.GetTimestamp();
            if (slot.View is not { } view || time.GetElapsedTime(slot.RenderedAt) >= Lifetime)
            {
                slot.RenderedAt = slot.UsedAt;
                view = await RenderAsync(page, query);
                if (!string.Equals(view.Html, slot.View?.Html, StringComparison.Ordinal))
                    slot.View = view;
            }

            return slot.View!;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _rendering.Dispose();

    private Slot Find(string key)
    {
        if (_slots.TryGetValue(key, out var slot))
            return slot;
        if (_slots.Count >= Many)
        {
            foreach (var (old, unused) in _slots.OrderBy(x => x.Value.UsedAt).Take(Surplus))
                _slots.TryRemove(KeyValuePair.Create(old, unused));
        }

        return _slots.GetOrAdd(key, _ => new Slot { UsedAt = time.GetTimestamp() });
    }

    /// <summary>Without a token: others may wait for the same.</summary>
    private async Task<LiveView> RenderAsync(DashboardPage page, ViewQuery query)
    {
        await _rendering.WaitAsync(CancellationToken.None);
        try
        {
            return new LiveView(await renderer.RenderAsync(page, query), isTrouble: false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            logger.LogDebug(exception, "The page {Page} can't be rendered now", page.Name);
            var trouble = await renderer.RenderAsync<Trouble>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Trouble.What)] = database.Name });
            return new LiveView(trouble, isTrouble: true);
        }
        finally
        {
            _rendering.Release();
        }
    }

    private bool IsAway(Exception exception) =>
        exception is StorageUnavailableException or SqliteFailureException { IsStorageFailure: true } or NpgsqlException
        || database.IsAway(exception) || database.IsAway(exception.GetBaseException());

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public LiveView? View { get; set; }

        public long RenderedAt { get; set; }

        public long UsedAt { get; set; }
    }
}
