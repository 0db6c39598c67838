using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>With keys nobody gets in without one, a browser's session is good for what its key is good for, and it ends.</summary>
public abstract class LoginTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private const string Key = "the-key-of-ann";
    private const string ReaderKey = "the-key-of-the-reader";

    [Fact]
    public async Task Should_let_in_by_key_for_what_it_is_good_for_and_out_again()
    {
        var address = await Dashboard.ServeWithKeysAsync($"ann={Key},reader:read={ReaderKey}");
        var orders = new Uri(address, "/dashboard/orders");
        await Tab.GoAsync(orders);
        await UntilAskedAsync(address);

        await EnterAsync("a-guess");
        await UntilShownAsync("main", "There is no such key.");

        await EnterAsync(ReaderKey);
        await StartGeneratorAsync(address);
        await UntilShownAsync("#toasts .bad", "this needs operate");
        await LeaveAsync(address);

        await EnterAsync(Key);
        await StartGeneratorAsync(address);
        await UntilShownAsync("#toasts .good", "done");
        await LeaveAsync(address);
        await Tab.GoAsync(orders);
        await UntilAskedAsync(address);

        // The guess, and what the reader may not.
        Assert.All(Complaints, complaint => Assert.Matches("status of 40[13]", complaint));
    }

    private async Task EnterAsync(string key)
    {
        await FillAsync("#key", key);
        await ClickAsync("main.login button");
    }

    /// <summary>What is done already, so that nothing changes.</summary>
    private async Task StartGeneratorAsync(Uri address)
    {
        await UntilLiveAsync(new Uri(address, "/"));
        await ClickAsync("nav a[href='/dashboard/outbox']");
        await UntilLiveAsync(new Uri(address, "/dashboard/outbox"));
        await ClickAsync("[data-send='POST /cars/seeder/start']");
    }

    private async Task LeaveAsync(Uri address)
    {
        await ClickAsync("form[action='/dashboard/logout'] button");
        await UntilAskedAsync(address);
    }

    private Task UntilAskedAsync(Uri address) => UntilAsync(
        "it asks for a key", $"location.href === `{new Uri(address, "/dashboard/login")}` && !!document.querySelector('#key')");
}
