using System.Text.Json;

namespace BusIngest.Api.Sagas;

/// <summary>Every kind of saga.</summary>
/// <param name="Kinds">The kinds, by name.</param>
internal sealed record SagaCounts(IReadOnlyList<SagaKindCounts> Kinds);

/// <summary>A kind of saga.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="States">How many sagas are in which state; every state of the machine is there.</param>
/// <param name="Total">How many there are.</param>
internal sealed record SagaKindCounts(string Kind, IReadOnlyDictionary<string, long> States, long Total);

/// <summary>A saga in a list.</summary>
/// <param name="CorrelationId">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">Its state.</param>
/// <param name="Version">How many events it has taken in.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it took in its last event.</param>
internal sealed record SagaSummary(
    Guid CorrelationId, string Kind, string State, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A page of sagas, newest first.</summary>
/// <param name="Sagas">The sagas.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record SagaPage(IReadOnlyList<SagaSummary> Sagas, string? Next);

/// <summary>One saga.</summary>
/// <param name="CorrelationId">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">Its state.</param>
/// <param name="Version">How many events it has taken in.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it took in its last event.</param>
/// <param name="Document">All that it knows, as it is kept.</param>
/// <param name="History">Its changes of state, oldest first.</param>
internal sealed record SagaView(
    Guid CorrelationId,
    string Kind,
    string State,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    JsonElement Document,
    IReadOnlyList<SagaTransitionView> History);

/// <summary>A change of a saga's state.</summary>
/// <param name="Version">The saga's version after it.</param>
/// <param name="Event">The message that caused it, by its type's name.</param>
/// <param name="From">The state before; Initial for a new saga.</param>
/// <param name="To">The state after.</param>
/// <param name="At">When.</param>
/// <param name="MessageId">The message's id.</param>
internal sealed record SagaTransitionView(long Version, string Event, string From, string To, DateTimeOffset At, Guid MessageId);
