using BusIngest.Specs.Configuration;

namespace BusIngest.Specs.Timers.Api;

public sealed class WebhookSettingsSpecs : SettingsSpec
{
    private const string Coded = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Plain = "a-plain-text-of-enough-characters";

    [Fact]
    public void Should_start_with_what_is_documented()
    {
        var settings = Folder.Load();

        Assert.Equal([5.0, 30, 120, 600, 3600], settings.Timers.RetrySchedule.Select(pause => pause.TotalSeconds));
        Assert.Equal((10.0, 32), (settings.Webhooks.Timeout.TotalSeconds, settings.Webhooks.MaxConcurrencyPerHost));
        Assert.Empty(settings.Webhooks.AllowedHosts);
        Assert.Empty(settings.Webhooks.Secrets);
    }

    [Fact]
    public void Should_read_them()
    {
        var settings = Folder.Load(
            null,
            ("WEBHOOKS_ALLOWED_HOSTS", "LocalHost, 127.0.0.1,[::1]"), ("WEBHOOKS_SECRET", $"{Coded}, {Plain}"),
            ("Webhooks__TimeoutMs", "250"), ("Webhooks__RetrySeconds", "0,1,86400"), ("Webhooks__MaxConcurrencyPerHost", "1"));

        Assert.Equal(["127.0.0.1", "::1", "localhost"], settings.Webhooks.AllowedHosts.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal([Coded, Plain], settings.Webhooks.Secrets.Select(secret => secret.Text), StringComparer.Ordinal);
        Assert.Equal((250.0, 1), (settings.Webhooks.Timeout.TotalMilliseconds, settings.Webhooks.MaxConcurrencyPerHost));
        Assert.Equal([0.0, 1, 86400], settings.Timers.RetrySchedule.Select(pause => pause.TotalSeconds));
        Assert.Empty(settings.Notices);
    }

    [Fact]
    public void Should_read_lists_of_the_json_file()
    {
        Folder.WithJson($$"""{ "Webhooks": { "AllowedHosts": [ "a.test", "b.test" ], "Secret": [ "{{Coded}}", "{{Plain}}" ], "RetrySeconds": [ 1, 2 ] } }""");

        var settings = Folder.Load();

        Assert.Equal(2, settings.Webhooks.AllowedHosts.Count);
        Assert.Equal(2, settings.Webhooks.Secrets.Count);
        Assert.Equal(2, settings.Timers.RetrySchedule.Count);
    }

    [Theory]
    [InlineData("Webhooks__TimeoutMs", "99", "Webhooks__TimeoutMs: '99' is not a whole number from 100 to 60000")]
    [InlineData("Webhooks__TimeoutMs", "60001", "Webhooks__TimeoutMs: '60001' is not a whole number from 100 to 60000")]
    [InlineData("Webhooks__MaxConcurrencyPerHost", "0", "Webhooks__MaxConcurrencyPerHost: '0' is not a whole number from 1 to 1024")]
    [InlineData("Webhooks__RetrySeconds", "5,x", "Webhooks__RetrySeconds: '5,x' is not at most 20 whole numbers from 0 to 86400, comma-separated")]
    [InlineData("Webhooks__RetrySeconds", "86401", "Webhooks__RetrySeconds: '86401' is not at most 20 whole numbers from 0 to 86400, comma-separated")]
    [InlineData("Webhooks__RetrySeconds", "-1", "Webhooks__RetrySeconds: '-1' is not at most 20 whole numbers from 0 to 86400, comma-separated")]
    [InlineData("Webhooks__RetrySeconds", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "Webhooks__RetrySeconds: '1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1' is not at most 20 whole numbers from 0 to 86400, comma-separated")]
    [InlineData("WEBHOOKS_ALLOWED_HOSTS", "localhost:x", "WEBHOOKS_ALLOWED_HOSTS: 'localhost:x' names 'localhost:x', which is no host name or IP address, alone or with a port")]
    [InlineData("WEBHOOKS_ALLOWED_HOSTS", "localhost:65536", "WEBHOOKS_ALLOWED_HOSTS: 'localhost:65536' names 'localhost:65536', which is no host name or IP address, alone or with a port")]
    [InlineData("WEBHOOKS_ALLOWED_HOSTS", "a.test,http://b.test", "WEBHOOKS_ALLOWED_HOSTS: 'a.test,http://b.test' names 'http://b.test', which is no host name or IP address, alone or with a port")]
    [InlineData("WEBHOOKS_ALLOWED_HOSTS", "a.test,,b.test", "WEBHOOKS_ALLOWED_HOSTS: 'a.test,,b.test' names '', which is no host name or IP address, alone or with a port")]
    [InlineData("Webhooks__Timeout", "1", "Webhooks__Timeout: there is no such setting")]
    public void Should_name_the_setting_its_value_and_what_is_allowed(string name, string value, string line) =>
        Assert.Equal([line], Folder.Refuse(null, (name, value)));

    [Theory]
    [InlineData("hush")]
    [InlineData("whsec_hush")]
    [InlineData("whsec_aHVzaA==")]
    [InlineData("hush hush hush hush hush")]
    [InlineData(Coded + ",hush")]
    [InlineData(Coded + ",")]
    [InlineData(Coded + "," + Plain + ",hush-hush-hush-hush")]
    public void Should_refuse_a_wrong_secret_without_showing_it(string secret)
    {
        var line = Assert.Single(Folder.Refuse(null, ("WEBHOOKS_SECRET", secret)));

        Assert.StartsWith("WEBHOOKS_SECRET: ", line, StringComparison.Ordinal);
        foreach (var part in new[] { "hush", "aHVzaA", "MfKQ", "plain-text" })
            Assert.DoesNotContain(part, line, StringComparison.Ordinal);
    }
}
