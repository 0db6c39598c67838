using System.Diagnostics.CodeAnalysis;

namespace BusIngest.Api.Limits;

/// <summary>
/// Things that are forgotten when nobody has asked for them for a time, and the longest unused ones first when there are too many. Two
/// dictionaries: what is asked for moves into the younger one, and now and then the older one is dropped whole. Not thread-safe.
/// </summary>
/// <typeparam name="TKey">What they are known by.</typeparam>
/// <typeparam name="TValue">What they are.</typeparam>
/// <param name="most">How many the younger one holds at the most; both hold twice as many.</param>
/// <param name="span">Nothing is dropped that was asked for within this time, in the unit of the callers' clock, unless there are too many.</param>
internal sealed class Generations<TKey, TValue>(int most, long span)
    where TKey : notnull
    where TValue : class
{
    private Dictionary<TKey, TValue> _younger = [];
    private Dictionary<TKey, TValue> _older = [];
    private long _begun;

    /// <summary>How many there are.</summary>
    public int Count => _younger.Count + _older.Count;

    /// <summary>Finds one, and keeps it for longer.</summary>
    public bool TryGet(TKey key, long now, [MaybeNullWhen(false)] out TValue value)
    {
        Turn(now);
        if (_younger.TryGetValue(key, out value))
            return true;
        if (!_older.Remove(key, out value))
            return false;

        _younger.Add(key, value);
        return true;
    }

    /// <summary>Finds one without keeping it for longer.</summary>
    public bool TryPeek(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        _younger.TryGetValue(key, out value) || _older.TryGetValue(key, out value);

    /// <summary>Adds one that is not there.</summary>
    public void Add(TKey key, TValue value, long now)
    {
        Turn(now);
        _younger.Add(key, value);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _younger.Clear();
        _older.Clear();
    }

    private void Turn(long now)
    {
        if (now - _begun < span && _younger.Count < most)
            return;

        // After a long silence both are old.
        var isSilent = now - _begun >= 2 * span;
        (_older, _younger) = (isSilent ? [] : _younger, []);
        _begun = now;
    }
}
