namespace BusIngest.Api.Limits;

/// <summary>Marks a route that is limited.</summary>
/// <param name="Name">The routes of one name are counted together.</param>
internal sealed record LimitedRoute(string Name)
{
    /// <summary>Events come in.</summary>
    public const string Events = "events";

    /// <summary>Summaries go out.</summary>
    public const string Summaries = "summaries";
}
