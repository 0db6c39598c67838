using System.Globalization;
using System.Text;

namespace BusIngest.Support.Servers;

/// <summary>Reads whole requests or replies of RESP2, as they are on the wire.</summary>
/// <param name="stream">A connection.</param>
internal sealed class RespStream(Stream stream) : IAsyncDisposable
{
    private readonly BufferedStream _input = new(stream, 64 << 10);

    /// <summary>The next request or reply; null at the end.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        return await ReadAsync(bytes, cancellationToken) ? [.. bytes] : null;
    }

    /// <summary>Sends one.</summary>
    public Task WriteAsync(byte[] bytes, CancellationToken cancellationToken) => stream.WriteAsync(bytes, cancellationToken).AsTask();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _input.DisposeAsync();

    private async Task<bool> ReadAsync(List<byte> bytes, CancellationToken cancellationToken)
    {
        if (await LineAsync(bytes, cancellationToken) is not { } line)
            return false;

        var count = line[0] is '$' or '*' ? int.Parse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        if (line[0] is '$' && count >= 0)
        {
            var body = new byte[count + 2];
            await _input.ReadExactlyAsync(body, cancellationToken);
            bytes.AddRange(body);
        }

        for (var i = 0; line[0] is '*' && i < count; i++)
        {
            if (!await ReadAsync(bytes, cancellationToken))
                return false;
        }

        return true;
    }

    private async Task<string?> LineAsync(List<byte> bytes, CancellationToken cancellationToken)
    {
        var start = bytes.Count;
        var one = new byte[1];
        do
        {
            if (await _input.ReadAsync(one, cancellationToken) == 0)
                return null;
            bytes.Add(one[0]);
        }
        while (one[0] != '\n');
        return Encoding.ASCII.GetString([.. bytes[start..^2]]);
    }
}
