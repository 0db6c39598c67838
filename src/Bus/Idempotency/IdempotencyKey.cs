namespace BusIngest.Bus.Idempotency;

/// <summary>A client's key and the first answer it got: a row of the table `idempotency_keys`.</summary>
internal sealed class IdempotencyKey
{
    /// <summary>A hash of who sent it where, and the key itself.</summary>
    public required string Key { get; init; }

    /// <summary>A hash of the request's query and body.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What ids are derived from, so that a request which is carried out again gives the same ones.</summary>
    public Guid Seed { get; init; }

    /// <summary>When it was first seen; it is forgotten 24 h later.</summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The try that carries the request out, or did so last.</summary>
    public Guid? Owner { get; init; }

    /// <summary>Until when no other process takes the key from it, unless there is an answer.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The answer's HTTP status; null while there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The answer's body.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>Headers of the answer, a line each.</summary>
    public string? Head { get; init; }
}
