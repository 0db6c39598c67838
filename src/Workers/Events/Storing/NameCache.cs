using System.Buffers.Binary;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Numbers of accounts and users that were looked up before. It forgets all when it is full. Not thread-safe.</summary>
internal sealed class NameCache
{
    private const int Most = 200_000;

    private readonly Dictionary<byte[], int> _numbers = new(Utf8Comparer.Instance);

    /// <summary>The number of a name; 0: not known here.</summary>
    /// <param name="scope">The account that a user belongs to; 0: it is an account.</param>
    /// <param name="name">The name.</param>
    public int Find(int scope, ReadOnlySpan<byte> name)
    {
        Span<byte> key = stackalloc byte[sizeof(int) + name.Length];
        return _numbers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(Key(scope, name, key), out var number) ? number : 0;
    }

    /// <summary>Keeps a number.</summary>
    public void Keep(int scope, ReadOnlySpan<byte> name, int number)
    {
        if (_numbers.Count >= Most)
            _numbers.Clear();
        Span<byte> key = stackalloc byte[sizeof(int) + name.Length];
        _numbers.GetAlternateLookup<ReadOnlySpan<byte>>()[Key(scope, name, key)] = number;
    }

    public void Clear() => _numbers.Clear();

    private static ReadOnlySpan<byte> Key(int scope, ReadOnlySpan<byte> name, Span<byte> key)
    {
        BinaryPrimitives.WriteInt32LittleEndian(key, scope);
        name.CopyTo(key[sizeof(int)..]);
        return key;
    }
}
