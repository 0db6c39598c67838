using System.Net;
using System.Text;
using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>Accounts are found and summed up on the page of the events.</summary>
public abstract class EventsPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private const string Summed = "document.querySelector('#summary .value')?.textContent";

    [Fact]
    public async Task Should_suggest_accounts_and_sum_one_up()
    {
        await PostAsync("acme", 3, 0);
        await PostAsync("small", 1, 3);
        await UntilAsync("they are stored", async token => await CountAsync("acme", token) == 3 && await CountAsync("small", token) == 1);
        await OpenAsync("/dashboard/events");

        await Tab.EvaluateAsync("document.querySelector('input[name=account]').focus()");
        await UntilAsync("accounts are suggested", "[...document.querySelectorAll('#suggestions option')].some(option => option.value === 'acme')");
        await FillAsync("input[name=account]", "acme");
        await FillAsync("select[name=window]", "last_7d");
        await ClickAsync("#explorer button");

        await UntilAsync("the summary is shown", $"{Summed} === '3'");
        Assert.Equal("user-0,2,user-1,1", await Tab.EvaluateAsync("[...document.querySelectorAll('#summary td')].map(cell => cell.textContent).join()"));
        Assert.Equal("acme", await Tab.EvaluateAsync("document.querySelector('input[name=account]').value"));

        // Live: what comes now is in the same page soon, and what is being typed stays.
        await FillAsync("input[name=account]", "sm");
        await PostAsync("acme", 2, 10);
        await UntilAsync("the summary goes on", $"{Summed} === '5'");
        Assert.Equal("sm", await Tab.EvaluateAsync("document.querySelector('input[name=account]').value"));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_lead_from_the_busiest_accounts_to_a_summary_of_any_window()
    {
        await PostAsync("busy", 7, 100);
        await PostAsync("idle", 6, 200);
        await OpenAsync("/dashboard/events");
        await UntilAsync(
            "the busiest accounts are in order",
            "(names => names.includes('busy') && names.indexOf('busy') < names.indexOf('idle'))([...document.querySelectorAll('#live td a')].map(a => a.textContent))");

        await ClickAsync("#live td a[href='/dashboard/events?account=busy']");
        await UntilLiveAsync("/dashboard/events?account=busy");
        await UntilAsync("the summary is shown", $"{Summed} === '7'");
        await FillAsync("input[name=from]", "2020-01-01T00:00:00Z");
        await FillAsync("input[name=to]", "2020-02-01T00:00:00Z");
        await ClickAsync("#explorer button");

        await UntilShownAsync("#summary", "No events in this window.");
        await FillAsync("input[name=from]", "yesterday");
        await ClickAsync("#explorer button");
        await UntilShownAsync("#explorer .bad", "from must be an ISO 8601 time");
        Assert.Empty(Complaints);
    }

    private async Task<long> CountAsync(string account, CancellationToken cancellationToken) =>
        await Dashboard.BackDoor.CountAsync($"SELECT count(*) FROM events WHERE account_id = '{account}'", cancellationToken);

    private async Task PostAsync(string account, int events, int first)
    {
        var now = TimeProvider.System.GetUtcNow();
        var posted = Enumerable.Range(first, events).Select(number =>
            $$"""{"event_id":"e-{{number}}","account_id":"{{account}}","user_id":"user-{{number % 2}}","type":"login","timestamp":"{{now:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        using var content = new StringContent($$"""{"events":[{{string.Join(',', posted)}}]}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Accepted, (await Api.SendAsync(HttpMethod.Post, "events", content, Token)).Status);
    }
}
