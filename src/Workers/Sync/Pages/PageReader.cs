using System.Buffers;
using System.Text.Json;
using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>
/// Reads a page while it arrives: each event is taken out of the stream as soon as its last byte is there. What the page says of itself is read token by token, each
/// event by itself, and the rest is passed over; so one event that can't be read harms no other, and every byte is looked at a few times at most.
/// </summary>
/// <param name="definition">Where in a page things are.</param>
/// <param name="fields">Where in its events.</param>
/// <param name="keys">Makes the events' keys.</param>
/// <param name="limits">How much of it is taken in.</param>
/// <param name="inHand">Bounds the memory of all pages.</param>
internal sealed class PageReader(SourceDefinition definition, FieldPaths fields, EventKeys keys, PageLimits limits, PagesInHand inHand) : IDisposable
{
    private const int FirstBufferBytes = 256 << 10;

    /// <summary>The longest name or text outside of the events: it is read from its beginning each time that more of it is there.</summary>
    private const int LongestToken = 1 << 20;

    /// <summary>What is not within a path is passed over: nothing is read deeper than the longest path goes.</summary>
    private static readonly JsonReaderOptions PageOptions = new() { MaxDepth = 1_000 };

    private readonly ItemReader _items = new(fields, keys, limits);
    private readonly PagePaths _paths = new(definition);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _consumed;
    private int _filled;
    private long _total;
    private JsonReaderState _state = new(PageOptions);
    private Mode _mode = Mode.Start;
    private ValueScan _scan;
    private bool _isBroken;
    private FetchedPage _page = null!;

    private enum Mode
    {
        /// <summary>Before the first byte that is no blank.</summary>
        Start,

        /// <summary>In what the page says of itself.</summary>
        Page,

        /// <summary>In something that is not read.</summary>
        Skipped,

        /// <summary>Between events.</summary>
        Items,

        /// <summary>In an event of which a part is not there yet, or that is broken.</summary>
        Item,
    }

    /// <summary>Reads a page.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="expectedBytes">About how many there are; null: nobody knows.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="PageFormatException">It is not JSON, breaks off, or is too large.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<FetchedPage> ReadAsync(Stream stream, long? expectedBytes, CancellationToken cancellationToken)
    {
        _page = new FetchedPage(expectedBytes, inHand.Begin());
        try
        {
            await ReadAllAsync(stream, cancellationToken);
            await _page.CoverAsync(0, cancellationToken);
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

    private async Task ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            MakeRoom();
            await _page.CoverAsync(_buffer.Length, cancellationToken);
            var read = await stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            _filled += read;
            _total += read;
            if (_total > limits.Bytes)
                throw PageFormatException.TooMuch($"the page has more than {limits.Bytes} bytes");

            Parse(isLast: read == 0, cancellationToken);
            if (read == 0)
                return;
        }
    }

    private void MakeRoom()
    {
        if (_consumed > 0)
        {
            _buffer.AsSpan(_consumed, _filled - _consumed).CopyTo(_buffer);
            _scan.At -= _consumed;
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

    private void Parse(bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            while (GoOn(isLast, cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
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

        if (isLast && _mode != Mode.Page)
            throw new PageFormatException(FormatTrouble.Truncated, _mode == Mode.Start ? "the answer is empty" : "the page breaks off");
    }

    /// <summary>Goes on with what is there.</summary>
    /// <returns>Whether there is more to go on with.</returns>
    private bool GoOn(bool isLast, CancellationToken cancellationToken)
    {
        switch (_mode)
        {
            case Mode.Start:
                if (!PageFormatException.TryBegin(_buffer.AsSpan(0, _filled), isLast, ref _consumed))
                    return false;
                _mode = Mode.Page;
                return true;
            case Mode.Page:
                return ReadPage(isLast);
            case Mode.Skipped:
                return Skip();
            case Mode.Items:
                return ReadItems(cancellationToken);
            default:
                return FinishItem();
        }
    }

    private bool ReadPage(bool isLast)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_consumed, _filled - _consumed), isLast, _state);
        while (_mode == Mode.Page && reader.Read())
            Take(ref reader);
        _consumed += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        if (_mode != Mode.Page)
        {
            _scan = ValueScan.Within(_consumed);
            return true;
        }

        return _filled - _consumed <= LongestToken ? false : throw PageFormatException.TooMuch($"a name or text of the page has more than {LongestToken} bytes");
    }

    /// <summary>Takes what the reader stands on. To the reader an array or object that is not for it looks empty: its closing bracket comes next.</summary>
    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _paths.Match(ref reader);
                return;
            case JsonTokenType.StartObject when reader.CurrentDepth == 0:
                _paths.Begin();
                return;
            case JsonTokenType.StartObject when _paths.IsWithin:
                _paths.Enter();
                return;
            case JsonTokenType.StartArray when reader.CurrentDepth == 0 ? definition.DataPath.Length == 0 : _paths.Found == PageField.Data:
                _page.HasData = true;
                _mode = Mode.Items;
                _paths.EnterNothing();
                return;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                RefuseStructure();
                _mode = Mode.Skipped;
                _paths.EnterNothing();
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _paths.Leave();
                return;
            default:
                if (_paths.Found is { } field)
                    PageFieldReader.Take(ref reader, field, _paths, _page, limits);
                _paths.Forget();
                return;
        }
    }

    private void RefuseStructure()
    {
        if (_paths.Found is PageField.HasMore or PageField.NextCursor)
            throw PageFormatException.Unclear($"'{_paths.Text(_paths.Found.Value)}' is an object or array");
    }

    private bool Skip()
    {
        var isOver = _scan.TryFinish(_buffer.AsSpan(0, _filled));
        // The closing bracket is the reader's.
        _consumed = isOver ? _scan.At - 1 : _scan.At;
        if (isOver)
            _mode = Mode.Page;
        return isOver;
    }

    private bool ReadItems(CancellationToken cancellationToken)
    {
        var bytes = _buffer.AsSpan(0, _filled);
        while (true)
        {
            while (_consumed < bytes.Length && bytes[_consumed] is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                _consumed++;
            if (_consumed == bytes.Length)
                return false;
            if (bytes[_consumed] == ']')
            {
                _mode = Mode.Page;
                return true;
            }

            if (bytes[_consumed] == '}')
                throw new JsonException("A bracket of another kind.");
            if (_page.Count >= limits.Items)
                throw PageFormatException.TooMuch($"the page has more than {limits.Items} events");
            cancellationToken.ThrowIfCancellationRequested();
            if (_items.TryRead(_page, bytes[_consumed..], out var length, out _isBroken))
            {
                _consumed += length;
                continue;
            }

            _scan = ValueScan.Of(bytes, _consumed);
            _mode = Mode.Item;
            return true;
        }
    }

    /// <summary>Finds the end of an event, however often more of it arrives, and reads it then.</summary>
    private bool FinishItem()
    {
        if (!_scan.TryFinish(_buffer.AsSpan(0, _filled)))
            return false;

        var item = _buffer.AsSpan(_consumed, _scan.At - _consumed);
        _items.ReadWhole(_page, item, _isBroken, _scan.Deepest);
        _consumed = _scan.At;
        _mode = Mode.Items;
        return true;
    }
}
