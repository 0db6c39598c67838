namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>Answers a <see cref="Letter"/> that was a request.</summary>
/// <param name="Number">Which one.</param>
public sealed record LetterRead(int Number);
