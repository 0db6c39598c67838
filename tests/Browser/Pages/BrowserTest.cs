using BusIngest.Browser.Forms;
using BusIngest.Support;
using BusIngest.Support.Browsers;
using BusIngest.Support.Cars;

namespace BusIngest.Browser.Pages;

/// <summary>A test that drives pages of a running program. All tests of a form share it and its one tab, one after the other.</summary>
/// <param name="dashboard">The program and the browser.</param>
public abstract class BrowserTest(DashboardInChromium dashboard) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private int _earlierComplaints;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected DashboardInChromium Dashboard => dashboard;

    private protected CarsApi Api => dashboard.Api;

    private protected Tab Tab => dashboard.Tab;

    /// <summary>Errors that the console has shown during this test.</summary>
    private protected IEnumerable<string> Complaints => Tab.Complaints.Skip(_earlierComplaints);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _earlierComplaints = Tab.Complaints.Count;
        await Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result is TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine($"{Seed.Hint}\n{await ShownAsync()}\n{string.Join('\n', Complaints)}\n{dashboard.Outputs()}");
    }

    /// <summary>Goes to a page, and returns when it is live.</summary>
    private protected async Task OpenAsync(string page)
    {
        await Tab.GoAsync(dashboard.Page(page));
        await UntilLiveAsync(dashboard.Page(page));
    }

    /// <summary>Returns when the tab shows a page that is live.</summary>
    private protected Task UntilLiveAsync(string page) => UntilLiveAsync(dashboard.Page(page));

    /// <summary>The same of another process.</summary>
    private protected Task UntilLiveAsync(Uri page) => Eventually.BecomesAsync(
        $"{page} is live",
        _ => Tab.EvaluateAsync("location.href + ' ' + document.getElementById('link')?.textContent"),
        seen => string.Equals(seen, $"{page.AbsoluteUri} live", StringComparison.Ordinal),
        Deadline,
        Token);

    /// <summary>Clicks what a selector finds, once it is there and can be clicked.</summary>
    private protected Task ClickAsync(string selector) => ClickFoundAsync($"document.querySelector(`{selector}`)");

    /// <summary>Clicks the link with this text within what a selector finds.</summary>
    private protected Task ClickLinkAsync(string selector, string text) =>
        ClickFoundAsync($"[...document.querySelectorAll(`{selector} a`)].find(link => link.textContent.includes(`{text}`))");

    /// <summary>Clicks what asks before, and says yes.</summary>
    private protected async Task ClickAndConfirmAsync(string selector)
    {
        await ClickAsync(selector);
        await UntilAsync("it asks", "document.getElementById('ask').open");
        await ClickAsync("#ask [value=yes]");
    }

    /// <summary>Fills in a field.</summary>
    private protected Task FillAsync(string selector, string value) => Tab.EvaluateAsync($"document.querySelector(`{selector}`).value = `{value}`");

    /// <summary>The text of what a selector finds.</summary>
    private protected Task<string> TextAsync(string selector) => Tab.EvaluateAsync($"document.querySelector(`{selector}`).textContent.trim()");

    /// <summary>Returns when a condition holds.</summary>
    private protected static Task UntilAsync(string what, Func<CancellationToken, Task<bool>> condition) =>
        Eventually.HoldsAsync(what, condition, Deadline, Token);

    /// <summary>Returns when an expression of JavaScript is true.</summary>
    private protected Task UntilAsync(string what, string expression) => UntilAsync(what, async _ => await Tab.EvaluateAsync(expression) is "true");

    /// <summary>Returns when the content shows a text.</summary>
    private protected Task UntilShownAsync(string text) => UntilShownAsync("#live", text);

    /// <summary>Returns when what a selector finds shows a text.</summary>
    private protected Task UntilShownAsync(string selector, string text) => Eventually.BecomesAsync(
        $"'{text}' is shown",
        _ => TextAsync(selector),
        shown => shown.Contains(text, StringComparison.Ordinal),
        Deadline,
        Token);

    private Task ClickFoundAsync(string found) => UntilAsync(
        $"{found} is clicked", $"(node => !!node && !node.disabled && (node.click(), true))({found})");

    private async Task<string> ShownAsync()
    {
        try
        {
            return await Tab.EvaluateAsync("location.href + '\\n' + document.body.innerText");
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            return exception.Message;
        }
    }
}
