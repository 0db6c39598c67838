using System.Collections.Concurrent;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>Ends what is open in the name of a key when the key is gone: a file of keys is read again while the process runs.</summary>
internal sealed class RevokedKeys(Settings settings) : IDisposable
{
    private readonly ConcurrentDictionary<ApiKey, CancellationTokenSource> _held = new();

    /// <summary>Whether keys can go.</summary>
    private readonly bool _canChange = settings.ApiKeys is ReloadedList<ApiKey>;

    /// <summary>Ends when the key is gone, or is good for something else; never where keys come from no file.</summary>
    public CancellationToken Until(ApiKey key)
    {
        if (!_canChange)
            return CancellationToken.None;

        var end = _held.GetOrAdd(key, static _ => new CancellationTokenSource());
        // It may have gone since it was found, and nobody looks through the keys again before others go.
        return settings.ApiKeys.Contains(key) ? end.Token : new CancellationToken(canceled: true);
    }

    /// <summary>Looks which keys are gone, and ends what is open in their names.</summary>
    public void EndGone()
    {
        foreach (var key in _held.Keys)
        {
            if (!settings.ApiKeys.Contains(key) && _held.TryRemove(key, out var end))
                end.Cancel();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var end in _held.Values)
            end.Dispose();
    }
}
