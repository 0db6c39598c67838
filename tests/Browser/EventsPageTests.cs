using System.Globalization;
using System.Net;
using System.Text;

namespace BusIngest.Browser;

public sealed class EventsPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private readonly DashboardInChromium _dashboard = dashboard;

    [Fact]
    public async Task Should_suggest_accounts_and_sum_one_up()
    {
        await PostAsync("acme", 3, 0);
        await PostAsync("small", 1, 3);
        await UntilAsync("they are stored", async token => (await _dashboard.Api.GetAsync("accounts/sample", token)).GetProperty("account_ids").GetArrayLength() == 2);
        await Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        await OpenAsync("/dashboard/events");

        await Tab.EvaluateAsync("document.querySelector('input[name=account]').focus()");
        await UntilAsync("accounts are suggested", "[...document.querySelectorAll('#suggestions option')].some(option => option.value === 'acme')");
        await Tab.EvaluateAsync("document.querySelector('input[name=account]').value = 'acme'");
        await Tab.EvaluateAsync("document.querySelector('select[name=window]').value = 'last_7d'");
        await ClickAsync("#explorer button");

        await UntilAsync("the summary is shown", "document.querySelector('#summary .value')?.textContent === '3'");
        Assert.Equal("user-0,2,user-1,1", await Tab.EvaluateAsync("[...document.querySelectorAll('#summary td')].map(cell => cell.textContent).join()"));
        Assert.Equal("acme", await Tab.EvaluateAsync("document.querySelector('input[name=account]').value"));

        // Live: what comes now is in the same page soon, and what is being typed stays.
        await Tab.EvaluateAsync("document.querySelector('input[name=account]').value = 'sm'");
        await PostAsync("acme", 2, 10);
        await UntilAsync("the summary goes on", "document.querySelector('#summary .value')?.textContent === '5'");
        Assert.Equal("sm", await Tab.EvaluateAsync("document.querySelector('input[name=account]').value"));

        await UntilAsync("the top accounts are in order", "[...document.querySelectorAll('#live td a')].map(a => a.textContent).join() === 'acme,small'");
        Assert.Empty(Tab.Complaints);
    }

    private async Task PostAsync(string account, int events, int first)
    {
        var body = new StringBuilder("{\"events\":[");
        for (var i = first; i < first + events; i++)
        {
            body.Append(i > first ? "," : "").Append(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"event_id":"e-{{i}}","account_id":"{{account}}","user_id":"user-{{i % 2}}","type":"login","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}"}"""));
        }

        using var content = new StringContent(body.Append("]}").ToString(), Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Accepted, (await _dashboard.Api.SendAsync(HttpMethod.Post, "events", content, Token)).Status);
    }
}
