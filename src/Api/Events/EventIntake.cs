using System.Buffers;
using System.Buffers.Text;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Events;

/// <summary>Takes batches of events: looks through them where they lie in the request's pipe, and hands them to the outbox as they are.</summary>
internal sealed class EventIntake(IOutbox outbox, IEventAdmission admission, EventOptions options, TimeProvider time)
{
    private static ReadOnlySpan<byte> AnswerStart => "{\"statusCode\":202,\"jobId\":\""u8;

    private static ReadOnlySpan<byte> AnswerMiddle => "\",\"queued\":"u8;

    /// <summary>Answers a request.</summary>
    /// <exception cref="OutboxUnavailableException">The events can't be made durable now; answered with 503.</exception>
    public async Task TakeAsync(HttpContext context)
    {
        var pipe = context.Request.BodyReader;
        var body = await pipe.ReadToEndAsync(context.RequestAborted);
        var length = (int)body.Length;
        var copy = body.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (copy is not null)
                body.CopyTo(copy);
            await TakeAsync(context, copy is null ? body.First : copy.AsMemory(0, length));
        }
        finally
        {
            // Or Kestrel takes the body for unread, and closes the connection.
            pipe.AdvanceTo(body.End);
            if (copy is not null)
                ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private async Task TakeAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        var accounts = admission.IsActive ? new AccountCounts() : null;
        var now = time.GetUtcNow();
        var events = new EventsBody(EarliestMs(now), (now + options.MaxAhead).ToUnixTimeMilliseconds(), accounts);
        if (!events.Read(json))
        {
            await Problems.Validation(events.Errors!).ExecuteAsync(context);
            return;
        }

        if (accounts is not null && await admission.RefuseAsync(context, accounts.Read()) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        // Not with the request's token: what is under way becomes durable, whether or not its client still listens.
        var receipt = await outbox.PublishAsync<RecordedEvent>(events.Count, events.Records, CancellationToken.None);
        await AnswerAsync(context.Response, JobId.Of(receipt, events.Count), events.Count);
    }

    private long EarliestMs(DateTimeOffset now) =>
        options.RetentionDays == 0 ? 0 : Math.Max(0, now.AddDays(-options.RetentionDays).ToUnixTimeMilliseconds());

    private static async Task AnswerAsync(HttpResponse response, JobId id, int queued)
    {
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json; charset=utf-8";
        var answer = new byte[AnswerStart.Length + JobId.Length + AnswerMiddle.Length + 12];
        var length = Write(answer, id, queued);
        response.ContentLength = length;
        await response.Body.WriteAsync(answer.AsMemory(0, length));
    }

    private static int Write(Span<byte> answer, JobId id, int queued)
    {
        AnswerStart.CopyTo(answer);
        var length = AnswerStart.Length;
        id.Format(answer[length..]);
        length += JobId.Length;
        AnswerMiddle.CopyTo(answer[length..]);
        length += AnswerMiddle.Length;
        Utf8Formatter.TryFormat(queued, answer[length..], out var digits);
        length += digits;
        answer[length++] = (byte)'}';
        return length;
    }
}
