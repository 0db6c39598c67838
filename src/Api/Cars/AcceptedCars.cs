namespace BusIngest.Api.Cars;

/// <summary>The answer to cars that were accepted.</summary>
/// <param name="Accepted">How many.</param>
/// <param name="Ids">Their ids, in the order of the request.</param>
internal sealed record AcceptedCars(int Accepted, IReadOnlyList<Guid> Ids);
