using System.Collections;
using BusIngest.Bus;

namespace BusIngest.Api.Configuration;

/// <summary>A list that is read from a text, and read again when that has changed. Whoever looks through it sees one state of it.</summary>
/// <typeparam name="T">What is in it.</typeparam>
/// <param name="text">The text.</param>
/// <param name="parse">Reads it; only texts that were checked come here.</param>
internal sealed class ReloadedList<T>(ReloadableText text, Func<string, IReadOnlyList<T>> parse) : IReadOnlyList<T>
{
    private volatile State _state = new(text.Current, parse(text.Current));

    /// <inheritdoc />
    public int Count => Now.Count;

    /// <inheritdoc />
    public T this[int index] => Now[index];

    private IReadOnlyList<T> Now
    {
        get
        {
            var (state, current) = (_state, text.Current);
            if (!ReferenceEquals(state.Text, current))
                _state = state = new State(current, parse(current));
            return state.Items;
        }
    }

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => Now.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed record State(string Text, IReadOnlyList<T> Items);
}
