using System.Text;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;

namespace BusIngest.Api.Failures;

/// <summary>Reads failed messages.</summary>
internal sealed class FailedMessageQueries(DeliveryContext context)
{
    /// <summary>What cursors of the listing belong to.</summary>
    public static CursorScope Scope(string? type) => CursorScope.Of("failed", type);

    /// <summary>A page, newest first.</summary>
    /// <param name="page">Which.</param>
    /// <param name="type">Only messages of this name; null: all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<FailedMessagePage> ListAsync(PageRequest page, string? type, CancellationToken cancellationToken)
    {
        var query = context.FailedMessages.AsQueryable();
        if (page.After is { } after)
            query = query.Where(x => x.Seq < after);
        if (type is not null)
            query = query.Where(x => x.MessageType == type);

        var (rows, next) = await page.ReadAsync(
            query.OrderByDescending(x => x.Seq), row => row.Seq, row => row.Body.Length + row.ExceptionDetail.Length, cancellationToken);
        return new FailedMessagePage([.. rows.Select(Show)], next);
    }

    private static FailedMessageView Show(FailedMessage row) => new(
        row.Id,
        row.MessageId,
        row.MessageType,
        row.Endpoint,
        row.Attempts,
        row.Records,
        row.FailedAt,
        new FailedMessageException(row.ExceptionType, row.ExceptionMessage, row.ExceptionDetail),
        Payload(row.Body));

    private static JsonElement Payload(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A message that could not be read failed for just that; it is shown as it came.
            return JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(body));
        }
    }
}
