namespace BusIngest.Bus.Idempotency;

/// <summary>A try to take a key.</summary>
/// <param name="Key">Who sent it where, and the key itself.</param>
/// <param name="Fingerprint">A hash of what was asked for.</param>
/// <param name="Seed">What ids are derived from, if it is the first.</param>
/// <param name="Owner">The id of this try.</param>
/// <param name="Now">Now.</param>
/// <param name="HeldUntil">Until when others leave it alone; its owner renews that while it lives.</param>
internal sealed record KeyTake(string Key, string Fingerprint, Guid Seed, Guid Owner, DateTimeOffset Now, DateTimeOffset HeldUntil)
{
    /// <summary>What a row of the table means to this try.</summary>
    public IdempotencyClaim Meet(string fingerprint, Guid seed, Guid? owner, IdempotentAnswer? answer) => new(
        string.Equals(fingerprint, Fingerprint, StringComparison.Ordinal), seed, answer, Owner, IsMine: owner == Owner, IsFirst: seed == Seed);
}
