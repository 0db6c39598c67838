using System.Text.Json;

namespace BusIngest.Api.Failures;

/// <summary>A message that its consumer gave up on.</summary>
/// <param name="Id">The failure's id.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="Type">The message's name.</param>
/// <param name="Endpoint">The endpoint that gave up.</param>
/// <param name="Attempts">How often it was tried since it was last sent.</param>
/// <param name="Records">How many records it carries.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="Exception">Why.</param>
/// <param name="Payload">The message: the records of a chunk, or the whole message; a text where it is no JSON.</param>
internal sealed record FailedMessageView(
    Guid Id,
    Guid MessageId,
    string Type,
    string Endpoint,
    int Attempts,
    int Records,
    DateTimeOffset FailedAt,
    FailedMessageException Exception,
    JsonElement Payload);

/// <summary>Why a message was given up.</summary>
/// <param name="Type">The exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="Detail">All of it, with the stack.</param>
internal sealed record FailedMessageException(string Type, string Message, string Detail);

/// <summary>A page of failed messages, newest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record FailedMessagePage(IReadOnlyList<FailedMessageView> Messages, string? Next);

/// <summary>How many messages were sent again.</summary>
/// <param name="Retried">The count.</param>
internal sealed record RetriedMessages(int Retried);
