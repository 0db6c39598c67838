using System.Text;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>
/// Reads the beginnings of answers, to be shown to whoever looks for what went wrong. The status has decided already, so little time is given, and less when
/// many take it.
/// </summary>
internal sealed class ResponseExcerpts(WebhookOptions options, TimeProvider time)
{
    /// <summary>How much is read, in bytes.</summary>
    public const int MaxBytes = 4_096;

    private const int Many = 128;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestOfMany = TimeSpan.FromMilliseconds(50);

    private int _reading;

    /// <summary>Reads up to <see cref="MaxBytes"/> as UTF-8, what is not is replaced; and ends the answer.</summary>
    /// <returns>What came before the end, the limit of time, or a broken connection.</returns>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public async Task<string> ReadAsync(WebhookAnswer answer, CancellationToken stopping)
    {
        var isOneOfMany = Interlocked.Increment(ref _reading) > Many;
        try
        {
            using (answer)
            using (var limit = new CancellationTokenSource(Min(isOneOfMany ? LongestOfMany : Longest, options.Timeout), time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping))
                return await ReadWithinAsync(answer.Content, either.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
            stopping.ThrowIfCancellationRequested();
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static async Task<string> ReadWithinAsync(HttpContent content, CancellationToken cancellationToken)
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
