using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>A session of a browser; a feature of its requests.</summary>
/// <param name="Id">Drawn at its beginning.</param>
/// <param name="Ends">When it is over at the latest.</param>
/// <param name="Key">Whose it is.</param>
internal sealed record BrowserSession(Guid Id, DateTimeOffset Ends, ApiKey Key);
