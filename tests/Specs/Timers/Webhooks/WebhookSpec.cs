using BusIngest.Bus.Storage;
using BusIngest.Contracts.Timers;
using BusIngest.Workers.Net;
using BusIngest.Workers.Timers;
using BusIngest.Workers.Timers.Webhooks;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>A test that calls webhooks as the program does, without a bus.</summary>
public abstract class WebhookSpec : Spec
{
    /// <summary>What deliveries are signed with, unless a spec says otherwise.</summary>
    private protected const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private protected FakeClock Clock { get; } = new();

    private protected FakeResolver Resolver { get; } = new();

    /// <summary>Options under which stubs on 127.0.0.1 may be called.</summary>
    private protected static WebhookOptions Options { get; } = new() { AllowedHosts = Set("127.0.0.1"), Secrets = [Parse(Secret)] };

    private protected static IReadOnlySet<string> Set(params string[] hosts) => hosts.ToHashSet(StringComparer.Ordinal);

    private protected static SigningSecret Parse(string text) =>
        SigningSecret.TryParse(text, out var secret, out var error) ? secret : throw new FormatException(error);

    private protected static DeliverWebhook To(string url, Guid? timer = null, int attempt = 1) =>
        new(timer ?? Guid.NewGuid(), attempt, url, FakeClock.Start.AddSeconds(-2), FakeClock.Start.AddMilliseconds(-1_500));

    private protected async Task<WebhookStub> StubAsync() => Own(await WebhookStub.StartAsync());

    /// <summary>The sender as it is registered, with the spec's resolver.</summary>
    /// <param name="options">How it calls; null: <see cref="Options"/>.</param>
    /// <param name="time">Its clock; null: the fake one.</param>
    private protected WebhookSender Sender(WebhookOptions? options = null, TimeProvider? time = null) =>
        Services(options ?? Options, time ?? Clock).GetRequiredService<WebhookSender>();

    private protected ServiceProvider Services(WebhookOptions options, TimeProvider time) => Own(new ServiceCollection()
        .AddLogging()
        .AddSingleton(time)
        .AddSingleton<IHostResolver>(Resolver)
        .AddSingleton(_ => DataDirectory.Take(Folder))
        .AddSingleton<IMainDatabase, MainDatabase>()
        .AddTimers(options)
        .BuildServiceProvider());

    private protected static Task<WebhookOutcome> SendAsync(WebhookSender sender, string url) => Soon(sender.SendAsync(To(url), Token));
}
