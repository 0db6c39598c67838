using System.Collections.Concurrent;
using System.Text.Json;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Hands entries of the outbox's stream on to the bus. Those that it can never take go to the failed messages; one that is not taken now makes room after a
/// time, so that it holds nobody up.
/// </summary>
internal sealed class EntryForwarder(
    IMessageForwarder forwarder, FailedMessages failures, RedisOptions options, TimeProvider time, ILogger<EntryForwarder> logger)
{
    private const string Unreadable = "unreadable";

    /// <summary>By then a queue that was deleted is declared again.</summary>
    private const int RoutingTries = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>When entries that were put back first had a place.</summary>
    private readonly ConcurrentDictionary<string, long> _putBack = new(StringComparer.Ordinal);

    /// <summary>Hands an entry on, or keeps it as failed.</summary>
    /// <returns>False when its time is over: it stays in the stream, and is to be handed on again later.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the outcome is unknown.</exception>
    public async Task<bool> HandOnAsync(StreamEntry entry, CancellationToken aborting)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        var begun = time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var failure = await TryHandOnAsync(entry, tries, aborting);
            if (failure is null)
                break;
            if (time.GetElapsedTime(begun) >= options.RelayHoldLimit)
            {
                if (!IsOverdue(entry, begun) || EnvironmentFailures.IsOne(failure) || !await TryGiveUpAsync(entry, failure, aborting))
                    return false;
                break;
            }

            await Task.Delay(pauses.Take(), time, aborting);
        }

        _putBack.TryRemove(entry.Id, out _);
        return true;
    }

    /// <summary>Tries once.</summary>
    /// <returns>Why it is not done; null when it is.</returns>
    private async Task<Exception?> TryHandOnAsync(StreamEntry entry, int tries, CancellationToken aborting)
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
                return null;
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

            return null;
        }
        catch (Exception exception) when (!aborting.IsCancellationRequested)
        {
            logger.LogWarning("Entry {Entry} can't be handed on yet: {Reason}", entry.Id, exception.Message);
            return exception;
        }
    }

    private bool IsOverdue(StreamEntry entry, long begun) => time.GetElapsedTime(_putBack.GetOrAdd(entry.Id, begun)) >= options.RelayGiveUpAfter;

    /// <summary>No server is to blame, and still nobody settles it.</summary>
    private async Task<bool> TryGiveUpAsync(StreamEntry entry, Exception failure, CancellationToken aborting)
    {
        try
        {
            await KeepAsync(OutboxStream.Read(entry), new TimeoutException($"Nobody has settled it within {options.RelayGiveUpAfter.TotalSeconds:0} s.", failure));
            return true;
        }
        catch (Exception exception) when (!aborting.IsCancellationRequested)
        {
            logger.LogWarning("Entry {Entry} can't be kept as failed yet: {Reason}", entry.Id, exception.Message);
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
