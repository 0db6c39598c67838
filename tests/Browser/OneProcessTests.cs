using BusIngest.Browser.Forms;
using BusIngest.Browser.Pages;

namespace BusIngest.Browser;

/// <summary>The tests of every page against one process on SQLite, which all of them share.</summary>
[CollectionDefinition]
public sealed class OneProcessCollection : ICollectionFixture<OneProcess>;

[Collection<OneProcessCollection>]
public sealed class EveryPageInOneProcess(OneProcess dashboard) : EveryPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class OverviewPageInOneProcess(OneProcess dashboard) : OverviewPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class OutboxPageInOneProcess(OneProcess dashboard) : OutboxPageTests(dashboard)
{
    [Fact]
    public async Task Should_say_that_there_is_no_lane_to_isolate()
    {
        await OpenAsync("/dashboard/outbox");

        await UntilShownAsync("there is no breaker to force");
        Assert.Equal("0", await Tab.EvaluateAsync("document.querySelectorAll(`[data-send*='/outbox/']`).length"));
    }
}

[Collection<OneProcessCollection>]
public sealed class OrdersPageInOneProcess(OneProcess dashboard) : OrdersPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class TimersPageInOneProcess(OneProcess dashboard) : TimersPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class SyncPageInOneProcess(OneProcess dashboard) : SyncPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class EventsPageInOneProcess(OneProcess dashboard) : EventsPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class FailedPageInOneProcess(OneProcess dashboard) : FailedPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class SagasPageInOneProcess(OneProcess dashboard) : SagasPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class LogsPageInOneProcess(OneProcess dashboard) : LogsPageTests(dashboard);

[Collection<OneProcessCollection>]
public sealed class LoginInOneProcess(OneProcess dashboard) : LoginTests(dashboard);
