using BusIngest.Support;

namespace BusIngest.Browser;

/// <summary>A test that drives the pages of a program of its class.</summary>
/// <param name="dashboard">The program and the browser.</param>
public abstract class BrowserTest(DashboardInChromium dashboard) : IClassFixture<DashboardInChromium>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected Tab Tab => dashboard.Tab;

    /// <summary>Goes to a page, and returns when it is live.</summary>
    private protected async Task OpenAsync(string page)
    {
        await Tab.GoAsync(dashboard.Page(page));
        await UntilLiveAsync(page);
    }

    /// <summary>Returns when the tab shows a page that is live.</summary>
    private protected Task UntilLiveAsync(string page) => Eventually.BecomesAsync(
        $"{page} is live",
        _ => Tab.EvaluateAsync("location.href + ' ' + document.getElementById('link')?.textContent"),
        seen => string.Equals(seen, $"{dashboard.Page(page).AbsoluteUri} live", StringComparison.Ordinal),
        Deadline,
        Token);

    /// <summary>Clicks what a selector finds.</summary>
    private protected Task ClickAsync(string selector) => Tab.EvaluateAsync($"document.querySelector(`{selector}`).click()");

    /// <summary>Clicks what asks before, and says yes.</summary>
    private protected async Task ClickAndConfirmAsync(string selector)
    {
        await ClickAsync(selector);
        await UntilAsync("it asks", "document.getElementById('ask').open");
        await ClickAsync("#ask [value=yes]");
    }

    /// <summary>Returns when a condition holds.</summary>
    private protected static Task UntilAsync(string what, Func<CancellationToken, Task<bool>> condition) =>
        Eventually.HoldsAsync(what, condition, Deadline, Token);

    /// <summary>Returns when an expression of JavaScript is true.</summary>
    private protected Task UntilAsync(string what, string expression) => UntilAsync(what, async _ => await Tab.EvaluateAsync(expression) is "true");

    /// <summary>Returns when the content shows a text.</summary>
    private protected Task UntilShownAsync(string text) => UntilAsync($"'{text}' is shown", $"document.getElementById('live').textContent.includes(`{text}`)");
}
