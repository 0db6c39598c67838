using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads a page while it arrives: each event is taken out of the stream as soon as its last byte is there.</summary>
/// <param name="definition">Where in a page things are.</param>
/// <param name="fields">Where in its events.</param>
/// <param name="keys">Makes the events' keys.</param>
internal sealed class PageReader(SourceDefinition definition, FieldPaths fields, EventKeys keys) : IDisposable
{
    private const int FirstBufferBytes = 256 << 10;

    /// <summary>Beyond this, a number of seconds that a cursor lives is one of milliseconds.</summary>
    private const double MostSecondsOfLife = 100_000;

    private readonly string[] _names = new string[64];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _consumed;
    private int _filled;
    private JsonReaderState _state;
    private FetchedPage _page = null!;
    private int _dataDepth = -1;
    private string _path = "";

    /// <summary>Reads a page.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="expectedBytes">About how many there are; null: nobody knows.</param>
    /// <param name="maxBytes">The most that are read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="PageFormatException">It is not JSON, breaks off, or is too large.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<FetchedPage> ReadAsync(Stream stream, long? expectedBytes, long maxBytes, CancellationToken cancellationToken)
    {
        _page = new FetchedPage(expectedBytes);
        try
        {
            await ReadAllAsync(stream, maxBytes, cancellationToken);
            return _page;
        }
        catch
        {
            _page.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task ReadAllAsync(Stream stream, long maxBytes, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (true)
        {
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (total == 0)
                PageFormatException.ThrowUnlessJson(_buffer.AsSpan(0, read));
            _filled += read;
            total += read;
            if (total > maxBytes)
                throw new PageFormatException(FormatTrouble.TooLarge, $"the page has more than {maxBytes} bytes");

            Parse(isLast: read == 0);
            if (read == 0)
                return;
        }
    }

    private void MakeRoom()
    {
        if (_consumed > 0)
        {
            _buffer.AsSpan(_consumed, _filled - _consumed).CopyTo(_buffer);
            _filled -= _consumed;
            _consumed = 0;
        }

        if (_filled < _buffer.Length / 2)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Parse(bool isLast)
    {
        try
        {
            ParseTokens(isLast);
        }
        catch (JsonException exception)
        {
            throw isLast
                ? new PageFormatException(FormatTrouble.Truncated, "the page breaks off", exception)
                : new PageFormatException(FormatTrouble.NotJson, "the page is not valid JSON", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new PageFormatException(FormatTrouble.NotJson, "the page is not valid Unicode", exception);
        }
    }

    private void ParseTokens(bool isLast)
    {
        var bytes = _buffer.AsSpan(_consumed, _filled - _consumed);
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        while (true)
        {
            // A value of which a part is missing is read again with the next bytes.
            var before = reader;
            if (!reader.Read())
                break;
            if (Take(ref reader, bytes))
                continue;
            reader = before;
            break;
        }

        _consumed += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>Takes what the reader stands on.</summary>
    /// <returns>Whether all of it was there.</returns>
    private bool Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        if (_dataDepth >= 0)
            return TakeItem(ref reader, bytes);

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var depth = reader.CurrentDepth;
                if (depth >= _names.Length)
                    throw new JsonException("too deep");
                _names[depth] = reader.GetString()!;
                _path = depth == 1 ? _names[1] : string.Join('.', _names, 1, depth);
                return true;
            case JsonTokenType.StartArray when IsHere(definition.DataPath, ref reader):
                _dataDepth = reader.CurrentDepth;
                _page.HasData = true;
                return true;
            case JsonTokenType.StartArray:
                return reader.TrySkip();
            case JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.EndArray:
                return true;
            default:
                TakeValue(ref reader);
                return true;
        }
    }

    private bool TakeItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == _dataDepth)
        {
            _dataDepth = -1;
            return true;
        }

        var begin = (int)reader.TokenStartIndex;
        var first = reader;
        var pulled = new EventReader(fields);
        string? error;
        try
        {
            if (!pulled.TryRead(ref reader))
                return false;
            error = pulled.FindError();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, say, in a text that was looked at.
            reader = first;
            if (!reader.TrySkip())
                return false;
            error = "is not valid Unicode";
        }

        var item = bytes[begin..(int)reader.BytesConsumed];
        // What is not UTF-8 throws only where it is looked at, and most of an event is not.
        if (!Utf8.IsValid(item))
            error = "is not valid UTF-8";
        if (error is null)
            pulled.Keep(item, begin, keys, _page.Memory);
        else
            _page.Rejects.Add(new RejectedItem(error, item));
        return true;
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        if (IsHere(definition.HasMorePath, ref reader))
            _page.HasMore = reader.TokenType == JsonTokenType.True;
        else if (IsHere(definition.NextCursorPath, ref reader))
            _page.NextCursor = Text(ref reader);
        else if (IsHere(definition.CursorExpiresInPath, ref reader) && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var life))
            _page.CursorLife = LifeOf(life);
        else if (IsHere(definition.TotalPath, ref reader) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var total))
            _page.Total = total;
    }

    private bool IsHere(string path, ref Utf8JsonReader reader) =>
        reader.CurrentDepth == 0 ? path.Length == 0 : path.Length > 0 && string.Equals(path, _path, StringComparison.Ordinal);

    private static TimeSpan? LifeOf(double number) =>
        number is > 0 and < 1e12 ? (number > MostSecondsOfLife ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number)) : null;

    /// <summary>An empty cursor is none.</summary>
    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() is { Length: > 0 } text ? text : null,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };
}
