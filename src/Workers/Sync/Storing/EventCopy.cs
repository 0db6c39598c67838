using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using BusIngest.Workers.Sync.Pages;
using Npgsql;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>
/// Copies events into PostgreSQL, in the binary format of https://www.postgresql.org/docs/current/sql-copy.html. It is written by hand
/// because the texts lie in memory as they go on the wire, and there are many thousands of them.
/// </summary>
/// <param name="source">What they were pulled from.</param>
internal sealed class EventCopy(string source) : IDisposable
{
    private const string Copy = "COPY sync_events (key, source, id, type, user_id, timestamp, body) FROM STDIN (FORMAT BINARY)";
    private const short Columns = 7;
    private const int KeyBytes = 16;
    private const int BufferBytes = 256 << 10;

    /// <summary>Where PostgreSQL's times begin: 2000-01-01.</summary>
    private const long EpochMs = 946_684_800_000;

    /// <summary>The signature, no flags, and nothing more.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] Trailer = [0xFF, 0xFF];

    private readonly byte[] _source = Encoding.UTF8.GetBytes(source);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _used;

    /// <summary>Copies.</summary>
    /// <param name="connection">Where to, in its transaction.</param>
    /// <param name="pages">The events.</param>
    /// <param name="keys">Those that are wanted; what is copied is taken out, so that a double of it is not.</param>
    public async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<FetchedPage> pages, HashSet<Guid> keys)
    {
        // Its disposal ends the COPY, and throws what the server says of it.
        await using var copy = await connection.BeginRawBinaryCopyAsync(Copy, CancellationToken.None);
        Put(Header);
        foreach (var page in pages)
        {
            for (var next = 0; (next = Fill(page.Memory, next, keys)) < page.Memory.Count;)
                await FlushAsync(copy);
        }

        await FlushAsync(copy);
        Put(Trailer);
        await FlushAsync(copy);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Puts events into the buffer until it is full.</summary>
    /// <returns>The first that did not fit in, or their number.</returns>
    private int Fill(PageMemory memory, int from, HashSet<Guid> keys)
    {
        var events = memory.Events;
        for (var i = from; i < events.Length; i++)
        {
            ref readonly var pulled = ref events[i];
            if (!HasRoom(LengthOf(pulled)))
                return i;
            if (keys.Remove(pulled.Key))
                Put(memory, pulled);
        }

        return events.Length;
    }

    /// <summary>The most bytes of a row.</summary>
    private int LengthOf(in PulledEvent pulled) =>
        sizeof(short) + (Columns * sizeof(int)) + KeyBytes + _source.Length + pulled.Id.Length + sizeof(long) + pulled.Body.Length
        // A NUL takes the length of what stands for it.
        + (3 * (Math.Max(0, pulled.Type.Length) + Math.Max(0, pulled.UserId.Length)));

    private bool HasRoom(int length)
    {
        if (_buffer.Length - _used >= length)
            return true;
        if (_used > 0)
            return false;

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(length);
        return true;
    }

    private void Put(PageMemory memory, in PulledEvent pulled)
    {
        BinaryPrimitives.WriteInt16BigEndian(Next(sizeof(short)), Columns);
        Put(KeyBytes);
        pulled.Key.TryWriteBytes(Next(KeyBytes), bigEndian: true, out _);
        PutText(_source);
        PutText(memory.Text(pulled.Id));
        PutText(memory, pulled.Type);
        PutText(memory, pulled.UserId);
        Put(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Next(sizeof(long)), (pulled.TimestampMs - EpochMs) * 1_000);
        PutText(memory.Text(pulled.Body));
    }

    /// <summary>A text or NULL. PostgreSQL's text holds no NUL character.</summary>
    private void PutText(PageMemory memory, PageText text)
    {
        var bytes = memory.Text(text);
        if (text.IsNone)
            Put(-1);
        else if (bytes.Contains((byte)0))
            PutText(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace('\0', '\uFFFD')));
        else
            PutText(bytes);
    }

    private void PutText(ReadOnlySpan<byte> text)
    {
        Put(text.Length);
        Put(text);
    }

    private void Put(int number) => BinaryPrimitives.WriteInt32BigEndian(Next(sizeof(int)), number);

    private void Put(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    private Span<byte> Next(int length)
    {
        var next = _buffer.AsSpan(_used, length);
        _used += length;
        return next;
    }

    private async Task FlushAsync(NpgsqlRawCopyStream copy)
    {
        await copy.WriteAsync(_buffer.AsMemory(0, _used), CancellationToken.None);
        _used = 0;
    }
}
