using BusIngest.Browser.Forms;
using BusIngest.Browser.Pages;

namespace BusIngest.Browser;

/// <summary>The tests of every page against a process of each role over RabbitMQ, PostgreSQL and Redis, which all of them share.</summary>
[CollectionDefinition]
public sealed class InSpreadForm : ICollectionFixture<SpreadForm>;

[Collection<InSpreadForm>]
public sealed class EveryPageInSpreadForm(SpreadForm dashboard) : EveryPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class OverviewPageInSpreadForm(SpreadForm dashboard) : OverviewPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class OutboxPageInSpreadForm(SpreadForm dashboard) : OutboxPageTests(dashboard)
{
    private const int Cars = 100;
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_isolate_the_lane_and_close_the_breaker_while_clients_are_answered()
    {
        await OpenAsync("/dashboard/outbox");
        await UntilShownAsync("#live .tile", "CLOSED");

        await ClickAndConfirmAsync("[data-send='POST /outbox/isolate']");
        await UntilShownAsync("#live .tile", "OPEN");
        await UntilShownAsync("#live details summary", "InFallback");
        await Dashboard.Acknowledgements.WaitForMoreAsync(Cars, LoadDeadline, Token);
        await UntilAsync("cars are parked", "parseInt(document.querySelectorAll('#live .tile .value')[2].textContent.replaceAll(',', '')) > 0");

        await ClickAndConfirmAsync("[data-send='POST /outbox/close']");
        await UntilShownAsync("#live .tile", "CLOSED");
        await UntilShownAsync("#live details summary", "Closed");
        await Dashboard.Acknowledgements.WaitForMoreAsync(Cars, LoadDeadline, Token);
        Assert.True(await Api.StatsAsync(Token) is { Lost: 0, Duplicates: 0, AddsUp: true });
        Assert.Empty(Dashboard.Acknowledgements.Violations);
        Assert.Empty(Complaints);
    }
}

[Collection<InSpreadForm>]
public sealed class OrdersPageInSpreadForm(SpreadForm dashboard) : OrdersPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class TimersPageInSpreadForm(SpreadForm dashboard) : TimersPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class SyncPageInSpreadForm(SpreadForm dashboard) : SyncPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class EventsPageInSpreadForm(SpreadForm dashboard) : EventsPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class FailedPageInSpreadForm(SpreadForm dashboard) : FailedPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class SagasPageInSpreadForm(SpreadForm dashboard) : SagasPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class LogsPageInSpreadForm(SpreadForm dashboard) : LogsPageTests(dashboard);

[Collection<InSpreadForm>]
public sealed class LoginInSpreadForm(SpreadForm dashboard) : LoginTests(dashboard);
