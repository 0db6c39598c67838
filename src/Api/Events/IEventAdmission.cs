namespace BusIngest.Api.Events;

/// <summary>Says whether accounts may have more events: the place for limits. Nothing of a refused batch is stored.</summary>
internal interface IEventAdmission
{
    /// <summary>Whether it wants to be asked at all: if not, nobody counts the accounts of batches.</summary>
    bool IsActive { get; }

    /// <summary>Asks for a batch that is right in itself. It may set headers of the answer in any case.</summary>
    /// <param name="context">The request.</param>
    /// <param name="accounts">The accounts, each once, with their events.</param>
    /// <returns>Null: it may come in; otherwise the answer.</returns>
    ValueTask<IResult?> RefuseAsync(HttpContext context, IReadOnlyList<AccountEvents> accounts);
}

/// <summary>Everything may come in.</summary>
internal sealed class NoAdmissionLimits : IEventAdmission
{
    public bool IsActive => false;

    public ValueTask<IResult?> RefuseAsync(HttpContext context, IReadOnlyList<AccountEvents> accounts) => new((IResult?)null);
}
