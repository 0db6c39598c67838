using System.Text;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>Reads the beginning of an answer, to be shown to whoever looks for what went wrong.</summary>
internal static class ResponseExcerpt
{
    /// <summary>How much is read, in bytes.</summary>
    public const int MaxBytes = 4_096;

    /// <summary>Reads up to <see cref="MaxBytes"/> as UTF-8; what is not is replaced.</summary>
    /// <returns>What came before the end, the cancellation, or a broken connection: the status has decided already, and does not
    /// depend on the body.</returns>
    public static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes];
        var length = 0;
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            while (length < MaxBytes && await body.ReadAsync(bytes.AsMemory(length), cancellationToken) is > 0 and var read)
                length += read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // An excerpt of less.
        }

        return Decode(bytes.AsSpan(0, length), cut: length == MaxBytes);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, bool cut)
    {
        var characters = new char[MaxBytes];
        // A character that the cut goes through is left out.
        var count = Encoding.UTF8.GetDecoder().GetChars(bytes, characters, flush: !cut);
        // SQLite's own tools end a text at NUL.
        characters.AsSpan(0, count).Replace('\0', '\uFFFD');
        return new string(characters, 0, count);
    }
}
