using BusIngest.Browser.Forms;
using BusIngest.Browser.Pages;

namespace BusIngest.Browser;

/// <summary>The tests of every page against one process on SQLite, which all of them share.</summary>
[CollectionDefinition]
public sealed class InOneProcess : ICollectionFixture<OneProcess>;

[Collection<InOneProcess>]
public sealed class EveryPageInOneProcess(OneProcess dashboard) : EveryPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class OverviewPageInOneProcess(OneProcess dashboard) : OverviewPageTests(dashboard);

[Collection<InOneProcess>]
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

[Collection<InOneProcess>]
public sealed class OrdersPageInOneProcess(OneProcess dashboard) : OrdersPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class TimersPageInOneProcess(OneProcess dashboard) : TimersPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class SyncPageInOneProcess(OneProcess dashboard) : SyncPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class EventsPageInOneProcess(OneProcess dashboard) : EventsPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class FailedPageInOneProcess(OneProcess dashboard) : FailedPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class SagasPageInOneProcess(OneProcess dashboard) : SagasPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class LogsPageInOneProcess(OneProcess dashboard) : LogsPageTests(dashboard);

[Collection<InOneProcess>]
public sealed class LoginInOneProcess(OneProcess dashboard) : LoginTests(dashboard);
