using BusIngest.Api.Failures;

namespace BusIngest.Api.Commands.Failed;

/// <summary>Failed messages of a kind.</summary>
/// <param name="Type">The messages' name.</param>
/// <param name="Endpoint">The endpoint that gave up.</param>
/// <param name="Exception">The exception's type.</param>
/// <param name="Messages">How many.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Oldest">When the first was given up.</param>
/// <param name="Newest">When the last was.</param>
internal sealed record FailedGroup(string Type, string Endpoint, string Exception, long Messages, long Records, DateTimeOffset Oldest, DateTimeOffset Newest)
{
    /// <summary>One more; they come the newest first.</summary>
    public FailedGroup With(FailedMessageView message) => this with { Messages = Messages + 1, Records = Records + message.Records, Oldest = message.FailedAt };

    /// <summary>The group of a message alone.</summary>
    public static FailedGroup Of(FailedMessageView message) =>
        new(message.Type, message.Endpoint, message.Exception.Type, 1, message.Records, message.FailedAt, message.FailedAt);

    /// <summary>Groups messages, the largest group first.</summary>
    /// <param name="messages">The newest first.</param>
    public static async Task<IReadOnlyList<FailedGroup>> GatherAsync(IAsyncEnumerable<FailedMessageView> messages)
    {
        var groups = new Dictionary<(string Type, string Endpoint, string Exception), FailedGroup>();
        await foreach (var message in messages)
        {
            var key = (message.Type, message.Endpoint, message.Exception.Type);
            groups[key] = groups.TryGetValue(key, out var group) ? group.With(message) : Of(message);
        }

        return [.. groups.Values.OrderByDescending(group => group.Messages).ThenBy(group => group.Type, StringComparer.Ordinal)];
    }
}
