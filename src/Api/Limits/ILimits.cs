namespace BusIngest.Api.Limits;

/// <summary>Keeps count of who took what.</summary>
internal interface ILimits
{
    /// <summary>Makes all charges, or none if one of them is too much.</summary>
    /// <param name="charges">No two of the same policy and partition.</param>
    ValueTask<LimitOutcome> TakeAsync(LimitCharge[] charges);
}
