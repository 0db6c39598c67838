namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>A record that is a message of its own.</summary>
/// <param name="Number">Tells it from others.</param>
public sealed record Letter(int Number);
