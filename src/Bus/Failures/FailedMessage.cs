using BusIngest.Bus.Inbox;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Failures;

/// <summary>A message that its consumer gave up on: a row of the table `failed_messages`.</summary>
public sealed class FailedMessage
{
    /// <summary>Its place in the order of failing.</summary>
    public long Seq { get; init; }

    /// <summary>The failure's own id.</summary>
    public Guid Id { get; init; }

    /// <summary>The message's id, under which it is sent again.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The message's name.</summary>
    public required string MessageType { get; init; }

    /// <summary>The endpoint that gave up.</summary>
    public required string Endpoint { get; init; }

    /// <summary>How many records it carries; 1 where it is not a chunk.</summary>
    public int Records { get; init; }

    /// <summary>How often it was tried since it was last sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The exception's type.</summary>
    public required string ExceptionType { get; init; }

    /// <summary>The exception's message.</summary>
    public required string ExceptionMessage { get; init; }

    /// <summary>The exception with its stack.</summary>
    public required string ExceptionDetail { get; init; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset FailedAt { get; init; }

    /// <summary>How the body is to be read.</summary>
    public required string ContentType { get; init; }

    /// <summary>The message: the records of a chunk as a JSON array, or a whole envelope.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The message as it is sent again, to the endpoint that gave up.</summary>
    internal InboxEntry SentAgainAt(DateTimeOffset now) =>
        new(MessageId, MessageType, Endpoint, Records, ContentType, now, Body, RecordTraces.Note(null, 0)?.ToString());

    /// <summary>The same with another body.</summary>
    internal FailedMessage With(byte[] body) => new()
    {
        Seq = Seq,
        Id = Id,
        MessageId = MessageId,
        MessageType = MessageType,
        Endpoint = Endpoint,
        Records = Records,
        Attempts = Attempts,
        ExceptionType = ExceptionType,
        ExceptionMessage = ExceptionMessage,
        ExceptionDetail = ExceptionDetail,
        FailedAt = FailedAt,
        ContentType = ContentType,
        Body = body,
    };

    /// <summary>Counts it among those that were given up.</summary>
    internal void Count() => BusMetrics.GivenUp.Add(
        1,
        BusMetrics.Tag("workload", WorkloadNames.OfMessage(MessageType)), BusMetrics.Tag("endpoint", Endpoint), BusMetrics.Tag("message", MessageType));

    /// <summary>Describes the failure of a message.</summary>
    internal static FailedMessage Describe(ReceivedMessage message, Exception exception, int attempts, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        MessageId = message.MessageId,
        MessageType = message.MessageType,
        Endpoint = message.Endpoint,
        Records = message.Records,
        Attempts = attempts,
        ExceptionType = exception.GetType().FullName ?? exception.GetType().Name,
        ExceptionMessage = exception.Message,
        ExceptionDetail = exception.ToString(),
        FailedAt = now,
        ContentType = message.ContentType,
        Body = message.Body,
    };
}
