namespace BusIngest.Support.Cars;

/// <summary>How posting goes, for a failure to show.</summary>
/// <param name="Acknowledged">Cars that were acknowledged.</param>
/// <param name="Refused">Requests that were refused with 503.</param>
/// <param name="Violations">Requests that were answered as none should be.</param>
/// <param name="FirstViolation">The first of those answers.</param>
internal sealed record AcknowledgementTally(int Acknowledged, int Refused, int Violations, string FirstViolation);
