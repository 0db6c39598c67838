namespace BusIngest.Bus.Idempotency;

/// <summary>What is known of a key to somebody who wants to take it.</summary>
/// <param name="Matches">False when the key came with other values before.</param>
/// <param name="Seed">What to derive ids from.</param>
/// <param name="Answer">The first answer; null: there is none yet.</param>
/// <param name="Owner">Who has the key: each try to take one has an id of its own.</param>
/// <param name="IsMine">Whether the one who asked has it now. If not, and there is no answer, somebody else carries the request out.</param>
/// <param name="IsFirst">Whether nobody had it before him. Else an earlier try may have changed something before it was cut off.</param>
public sealed record IdempotencyClaim(bool Matches, Guid Seed, IdempotentAnswer? Answer, Guid Owner, bool IsMine, bool IsFirst);

/// <summary>An answer that is given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="Head">Headers that belong to it, a line each; null: none but the usual ones.</param>
public sealed record IdempotentAnswer(int Status, byte[] Body, string? Head = null);
