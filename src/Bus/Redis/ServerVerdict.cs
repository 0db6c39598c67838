namespace BusIngest.Bus.Redis;

/// <summary>What is to be said of how a server keeps what it is given.</summary>
/// <param name="Refusal">Why nothing that must not be lost may be written there; null when it may.</param>
/// <param name="Warning">What an operator should know; null when there is nothing.</param>
internal readonly record struct ServerVerdict(string? Refusal, string? Warning);
