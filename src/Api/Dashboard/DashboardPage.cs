namespace BusIngest.Api.Dashboard;

/// <summary>A page of the dashboard.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Component">What renders it.</param>
internal sealed record DashboardPage(string Name, string Title, Type Component)
{
    /// <summary>Its address; the overview is at the root.</summary>
    public string Path => string.Equals(Name, "overview", StringComparison.Ordinal) ? "/" : $"/dashboard/{Name}";
}
