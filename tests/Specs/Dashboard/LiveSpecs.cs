using BusIngest.Api.Dashboard;
using BusIngest.Api.Dashboard.Live;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using Microsoft.AspNetCore.Components;

namespace BusIngest.Specs.Dashboard;

public sealed class LiveSpecs : Spec
{
    [Fact]
    public async Task Should_send_a_page_at_once_and_again_when_it_changes()
    {
        var service = await StartAsync();
        using var answer = await service.Http.GetAsync("/dashboard/orders/live", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));

        await ReadUntilAsync(events, ">IDLE<");
        using var started = await service.Http.PostAsync("/pedidos/generate?quantity=100", null, Token);
        await ReadUntilAsync(events, ">DONE<");
    }

    [Fact]
    public async Task Should_render_once_for_all_who_look()
    {
        var service = await StartAsync();
        var (views, page) = (service.Get<LiveViews>(), DashboardPages.Find("sagas")!);

        var seen = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => views.GetAsync(page, new ViewQuery())));

        Assert.All(seen, view => Assert.Same(seen[0], view));
        Assert.False(seen[0].IsTrouble);
    }

    [Fact]
    public async Task Should_say_so_when_the_database_is_away()
    {
        var service = await StartAsync();
        var page = new DashboardPage("away", "Away", typeof(PageWithoutDatabase));

        var view = await service.Get<LiveViews>().GetAsync(page, new ViewQuery());

        Assert.True(view.IsTrouble);
        Assert.Contains(" be read now", view.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", view.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_be_an_event_of_several_lines()
    {
        var text = System.Text.Encoding.UTF8.GetString(new LiveView("<p>\r\nä</p>", isTrouble: false).Event.Span);

        Assert.Equal("event: view\ndata: <p>\ndata: ä</p>\n\n", text);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

    private static async Task ReadUntilAsync(StreamReader events, string text)
    {
        while (await Soon(events.ReadLineAsync(Token).AsTask()) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The stream ended without {text}");
    }

    private sealed class PageWithoutDatabase : ComponentBase
    {
        protected override Task OnInitializedAsync() => throw new StorageUnavailableException("a secret detail");
    }
}
