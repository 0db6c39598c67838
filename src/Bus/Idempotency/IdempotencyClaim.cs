namespace BusIngest.Bus.Idempotency;

/// <summary>What is known of a key.</summary>
/// <param name="Matches">False when the key came with another body before.</param>
/// <param name="Seed">What to derive ids from.</param>
/// <param name="Answer">The first answer; null when the request is to be carried out, for the first time or because a crash cut it off.</param>
public sealed record IdempotencyClaim(bool Matches, Guid Seed, IdempotentAnswer? Answer);

/// <summary>An answer that is given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record IdempotentAnswer(int Status, byte[] Body);
