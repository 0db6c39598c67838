namespace BusIngest.Bus.Telemetry;

/// <summary>What waits in one place, of one kind.</summary>
/// <param name="Stage">`inbox`: accepted from outside; `outgoing`: sent by consumers and sagas; `broker`: in a queue of RabbitMQ.</param>
/// <param name="Workload">Whose it is.</param>
/// <param name="Name">The message's name; for the broker the queue's.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Records">How many records they carry; null where that is not known.</param>
/// <param name="Oldest">When the first of them was accepted; null where that is not known.</param>
public sealed record Backlog(string Stage, string Workload, string Name, long Messages, long? Records, DateTimeOffset? Oldest);
