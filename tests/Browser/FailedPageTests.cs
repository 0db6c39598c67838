using System.Net;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;

namespace BusIngest.Browser;

public sealed class FailedPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private const string Make = "poison";
    private readonly DashboardInChromium _dashboard = dashboard;

    [Fact]
    public async Task Should_refuse_what_is_no_json_and_process_what_was_edited_once()
    {
        new PoisonousMake(_dashboard.DataDirectory, Make).Poison();
        var failures = new FailuresApi(_dashboard.Api);
        var car = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = Make };
        Assert.Equal(HttpStatusCode.Accepted, (await _dashboard.Api.PostCarsAsync([car], Token)).Status);
        var failed = (await failures.WaitForAsync(1, Token))[0];
        await Tab.LookAsync(390, 844, isPhone: true, isDark: true);
        await OpenAsync("/dashboard/failed");
        var form = $"#failed-{failed.Id} form";
        await Tab.EvaluateAsync($"document.querySelector('{form}').closest('details').open = true");
        var text = $"document.querySelector('{form} textarea').value";

        await Tab.EvaluateAsync($"{text} = {text}.replace('[', '[[')");
        await ClickAndConfirmAsync($"{form} button");
        await UntilAsync("it says what is wrong", "document.querySelector('#toasts .bad')?.textContent.includes('is not valid JSON (line ')");
        Assert.Equal(failed, Assert.Single(await failures.ListAsync(Token)));
        Assert.Equal("true", await Tab.EvaluateAsync($"{text}.includes('[[')"));

        await Tab.EvaluateAsync($"{text} = {text}.replace('[[', '[').replace('\"{Make}\"', '\"mended\"')");
        await ClickAndConfirmAsync($"{form} button");
        await UntilShownAsync("Nothing failed");
        await UntilAsync("it is stored", async token => await _dashboard.Api.StatusAsync($"cars/{car.Id}", token) == HttpStatusCode.OK);
        Assert.Equal("mended", (await _dashboard.Api.GetAsync($"cars/{car.Id}", Token)).GetProperty("normalizedMake").GetString());
        Assert.Equal(1, new StoredCars(_dashboard.DataDirectory).Times([car.Id])[car.Id]);
        await UntilAsync("the ledger is even", async token => await _dashboard.Api.StatsAsync(token) is { Stored: 1, InFlight: 0, Parked: 0, Lost: 0, Duplicates: 0 });
        // The refusal alone.
        Assert.All(Tab.Complaints, complaint => Assert.Contains("status of 400", complaint, StringComparison.Ordinal));
    }
}
