namespace BusIngest.Bus.Inbox;

/// <summary>How many messages are handed to one endpoint at once, where it is not <see cref="InboxOptions.MaxInFlight"/>.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Messages">How many, 1–10,000.</param>
public sealed record InFlightLimit(string Endpoint, int Messages);
