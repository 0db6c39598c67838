using System.Text.Json;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>Hands entries of the outbox's stream on to the bus; those that it can never take go to the failed messages.</summary>
internal sealed class EntryForwarder(
    IMessageForwarder forwarder, FailedMessages failures, RedisOptions options, TimeProvider time, ILogger<EntryForwarder> logger)
{
    private const string Unreadable = "unreadable";

    /// <summary>By then a queue that was deleted is declared again.</summary>
    private const int RoutingTries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Hands an entry on, or keeps it as failed; tries until it is done.</summary>
    /// <exception cref="OperationCanceledException">The process stops; the outcome is unknown.</exception>
    public async Task HandOnAsync(StreamEntry entry, CancellationToken aborting)
    {
        var pauses = new Backoff(Pause, LongestPause);
        for (var tries = 1; !await TryHandOnAsync(entry, tries, aborting); tries++)
        {
            await Task.Delay(pauses.Take(), time, aborting);
        }
    }

    private async Task<bool> TryHandOnAsync(StreamEntry entry, int tries, CancellationToken aborting)
    {
        try
        {
            InboxEntry message;
            try
            {
                message = OutboxStream.Read(entry);
            }
            catch (FormatException exception)
            {
                await KeepAsync(entry, exception);
                return true;
            }

            try
            {
                using var limit = new CancellationTokenSource(options.RelayForwardTimeout, time);
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborting);
                await forwarder.ForwardAsync(message, deadline.Token);
            }
            catch (Exception exception) when (IsOfMessage(exception) || (exception is UnroutableMessageException && tries >= RoutingTries))
            {
                await KeepAsync(message, exception);
            }

            return true;
        }
        catch (Exception exception) when (!aborting.IsCancellationRequested)
        {
            logger.LogWarning("Entry {Entry} can't be handed on yet: {Reason}", entry.Id, exception.Message);
            return false;
        }
    }

    /// <summary>Whether the message itself is at fault: it would be at every try, and take a place for ever.</summary>
    private static bool IsOfMessage(Exception exception) => exception is JsonException or KeyNotFoundException or FormatException;

    /// <summary>Nobody can say what it is; someone may look at it among the failed messages.</summary>
    private Task KeepAsync(StreamEntry entry, FormatException exception) => KeepAsync(
        new InboxEntry(
            Guid.CreateVersion7(time.GetUtcNow()), Unreadable, Unreadable, 1, StoredBody.Records, time.GetUtcNow(), entry.ToJson()),
        exception);

    private Task KeepAsync(InboxEntry message, Exception exception) => failures.KeepAsync(
        new InboxMessage
        {
            MessageId = message.MessageId,
            MessageType = message.MessageType,
            Endpoint = message.Endpoint,
            Records = message.Records,
            ContentType = message.ContentType,
            AcceptedAt = message.AcceptedAt,
            Body = message.Body.ToArray(),
        },
        message.Endpoint ?? Unreadable,
        exception);
}
