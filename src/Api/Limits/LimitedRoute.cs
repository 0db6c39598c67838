namespace BusIngest.Api.Limits;

/// <summary>Marks a route that is limited.</summary>
/// <param name="Name">The routes of one name are counted together.</param>
/// <param name="When">Which of its requests are; null: all.</param>
internal sealed record LimitedRoute(string Name, Func<HttpRequest, bool>? When = null)
{
    /// <summary>Events come in.</summary>
    public const string Events = "events";

    /// <summary>Summaries go out.</summary>
    public const string Summaries = "summaries";
}
