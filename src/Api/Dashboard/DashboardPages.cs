using BusIngest.Api.Dashboard.Pages;

namespace BusIngest.Api.Dashboard;

/// <summary>The pages of the dashboard.</summary>
internal static class DashboardPages
{
    /// <summary>The first one.</summary>
    public static DashboardPage Overview { get; } = new("overview", "Overview", typeof(OverviewPage));

    /// <summary>All, in the order of the navigation.</summary>
    public static IReadOnlyList<DashboardPage> All { get; } =
    [
        Overview,
        new("outbox", "Outbox", typeof(OutboxPage)),
        new("orders", "Orders", typeof(OrdersPage)),
        new("timers", "Timers", typeof(TimersPage)),
        new("sync", "Sync", typeof(SyncPage)),
        new("events", "Events", typeof(EventsPage)),
        new("failed", "Failed messages", typeof(FailedPage)),
        new("sagas", "Sagas", typeof(SagasPage)),
        new("logs", "Logs", typeof(LogsPage)),
    ];

    /// <summary>A page by its name; null when there is none.</summary>
    public static DashboardPage? Find(string name) => All.FirstOrDefault(page => string.Equals(page.Name, name, StringComparison.Ordinal));
}
