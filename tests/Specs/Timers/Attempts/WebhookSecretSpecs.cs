using BusIngest.Workers.Timers.Attempts;
using BusIngest.Workers.Timers.Webhooks;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Timers.Attempts;

public sealed class WebhookSecretSpecs : Spec
{
    private readonly Messages _log = new();

    [Fact]
    public async Task Should_be_made_once_and_kept()
    {
        var file = Own(await TimersFile.OpenAsync(Folder));
        var first = await Store(file).LoadOrCreateAsync(Token);
        var later = await Store(file).LoadOrCreateAsync(Token);

        Assert.StartsWith("whsec_", first.Text, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(first.Text["whsec_".Length..]).Length);
        Assert.Equal(first.Text, later.Text);
    }

    [Fact]
    public async Task Should_be_one_though_many_ask_at_first()
    {
        var file = Own(await TimersFile.OpenAsync(Folder));

        var secrets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store(file).LoadOrCreateAsync(Token)));

        Assert.Single(secrets.Select(secret => secret.Text).Distinct(StringComparer.Ordinal));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Should_tell_where_it_is_but_not_what_it_is()
    {
        var file = Own(await TimersFile.OpenAsync(Folder));
        var secret = await Store(file).LoadOrCreateAsync(Token);
        await Store(file).LoadOrCreateAsync(Token);

        var line = Assert.Single(_log.Lines);
        Assert.Contains("webhook_secret", line, StringComparison.Ordinal);
        Assert.Contains(file.Database.Path, line, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Text["whsec_".Length..], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_be_made_when_the_settings_give_one()
    {
        var file = Own(await TimersFile.OpenAsync(Folder));
        var given = SigningSecret.Create();

        var secrets = await new SigningSecrets(new WebhookOptions { Secrets = [given] }, Store(file)).GetAsync(Token);

        Assert.Equal([given], secrets);
        Assert.Null(KeptSecret.Read(file.Database));
    }

    private WebhookSecret Store(TimersFile file) => new(file.Database, _log);

    private sealed class Messages : ILogger<WebhookSecret>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }
}
