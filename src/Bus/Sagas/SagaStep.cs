namespace BusIngest.Bus.Sagas;

/// <summary>What one event made of a saga.</summary>
/// <param name="Event">The message's name.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="Before">The saga before.</param>
/// <param name="After">The saga after.</param>
internal readonly record struct SagaStep(string Event, Guid MessageId, SagaSnapshot Before, SagaSnapshot After);
