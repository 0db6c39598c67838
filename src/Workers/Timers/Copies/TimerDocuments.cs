using System.Text.Json;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Sagas;
using MongoDB.Bson;

namespace BusIngest.Workers.Timers.Copies;

/// <summary>The timers as documents, in the shape that readers of the replaced service know; see docs/mongodb.md. A timer is its saga.</summary>
internal sealed class TimerDocuments(ISagaDocuments sagas, CopiedSagas timers) : ICopySource
{
    /// <inheritdoc />
    public string Collection => timers.Collection;

    /// <inheritdoc />
    public async Task<IReadOnlyList<DocumentCopy>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        [.. (await sagas.FindAsync(timers.Kind, ids, cancellationToken)).Select(Copy)];

    /// <summary>The newest first, as sagas are listed.</summary>
    public async Task<CopyPage> ReadAsync(NumberRange range, int limit, CancellationToken cancellationToken)
    {
        long? before = range.Last == long.MaxValue ? null : range.Last + 1;
        var found = await sagas.ListAsync(timers.Kind, state: null, before, limit, cancellationToken);
        // A page with fewer is not the last one: a saga may have gone while it was read.
        var first = found.Count == 0 ? range.First : Math.Max(range.First, found[^1].Seq);
        return new CopyPage(
            [.. found.Where(saga => saga.Seq >= range.First).Select(Copy)],
            range with { First = first },
            first > range.First ? range with { Last = first - 1 } : null);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(NumberRange range, CancellationToken cancellationToken) =>
        await sagas.CountAsync(timers.Kind, range.Last, cancellationToken);

    private static DocumentCopy Copy(SagaDocument saga)
    {
        using var json = JsonDocument.Parse(saga.Document);
        var timer = json.RootElement;
        var (created, due) = (Time(timer, "createdAt"), Time(timer, "dueAt"));
        var length = (due ?? default) - (created ?? default);
        return new DocumentCopy(saga.CorrelationId, saga.Seq, saga.Version, new BsonDocument
        {
            { "timerId", DocumentCopy.IdOf(saga.CorrelationId) },
            { "hours", (int)length.TotalHours },
            { "minutes", length.Minutes },
            { "seconds", length.Seconds },
            { "webhookUrl", timer.GetProperty("webhookUrl").GetString() },
            { "timerStatus", saga.State },
            { "createdAt", Moment(created) },
            { "dueAt", Moment(due) },
            { "firedAt", Moment(Time(timer, "firedAt")) },
            { "deliveredAt", Moment(Time(timer, "deliveredAt")) },
            { "nextAttemptAt", Moment(Time(timer, "nextAttemptAt")) },
            { "attempts", timer.TryGetProperty("attempts", out var attempts) ? attempts.GetInt32() : 0 },
            { "lastError", timer.TryGetProperty("lastError", out var error) && error.GetString() is { } text ? text : BsonNull.Value },
        });
    }

    private static DateTimeOffset? Time(JsonElement timer, string field) =>
        timer.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;

    private static BsonValue Moment(DateTimeOffset? at) => at is { } time ? new BsonDateTime(time.ToUnixTimeMilliseconds()) : BsonNull.Value;
}
