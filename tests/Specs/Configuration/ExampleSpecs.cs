using System.Runtime.CompilerServices;
using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

/// <summary>The files that show the defaults say what the code does.</summary>
public sealed class ExampleSpecs : SettingsSpec
{
    private static readonly string Repository = Path.GetFullPath("../../..", Path.GetDirectoryName(ThisFile())!);

    /// <summary>Settings whose default is none, or depends on others.</summary>
    private static readonly string[] Empty = 
    [
        "BIND", "AUTH_API_KEYS", "AUTH_SESSION_SECRET", "ALLOWED_HOSTS", "CORS_ORIGINS", "TRUSTED_PROXIES", "PUBLIC_URL", "TLS_CERTIFICATE", "TLS_KEY", "WEBHOOKS_ALLOWED_HOSTS", "WEBHOOKS_SECRET", "OUTBOX_LANE", "DATABASE_URL", "DB_HOST", "DB_PASSWORD", "RABBITMQ_URL",
        "REDIS_HOST", "REDIS_USER", "REDIS_PASSWORD", "REDIS_CA_FILE", "REDIS_SENTINEL_USER", "REDIS_SENTINEL_PASSWORD", "REDIS_USE_SENTINEL", "REDIS_SENTINEL_HOSTS", "MONGO_URI", "API_BASE_URL", "API_KEY", "SYNC_ALLOWED_HOSTS", "SYNC_SECRET",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    private static readonly string[] Commented =
    [
        .. File.ReadLines(Path.Combine(Repository, ".env.example"))
            .TakeWhile(line => !line.StartsWith("# --- Around the program", StringComparison.Ordinal))
            .Where(IsSetting)
            .Select(line => line[2..]),
    ];

    [Fact]
    public void Should_list_every_flat_name_once() =>
        Assert.Equal(
            FlatNames.All.Select(flat => flat.Name).Order(StringComparer.Ordinal),
            Commented.Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));

    [Fact]
    public void Should_change_nothing_as_it_stands()
    {
        Folder.WithDotEnv(File.ReadAllText(Path.Combine(Repository, ".env.example")));

        AssertDefaults(Folder.Load());
    }

    [Fact]
    public void Should_show_the_defaults_in_the_env_example()
    {
        Folder.WithDotEnv(string.Join('\n', Commented));

        AssertDefaults(Folder.Load());
    }

    [Fact]
    public void Should_give_the_default_of_each_used_flat_name()
    {
        var lines = Commented.ToDictionary(line => line.Split('=')[0], line => line.Split('=', 2)[1], StringComparer.Ordinal);

        Assert.All(
            FlatNames.All.Where(flat => flat.Effect == SettingEffect.Used && !Empty.Contains(flat.Name, StringComparer.Ordinal)),
            flat => Assert.NotEmpty(lines[flat.Name]));
    }

    [Fact]
    public void Should_show_the_defaults_in_appsettings()
    {
        Folder.WithJson(File.ReadAllText(Path.Combine(Repository, "src", "Api", "appsettings.json")));

        AssertDefaults(Folder.Load());
    }

    [Fact]
    public void Should_have_a_section_name_for_each_used_flat_name() =>
        Assert.All(FlatNames.All.Where(flat => flat.Effect == SettingEffect.Used), flat => Assert.Contains(flat.Key, SettingKeys.Used));

    private void AssertDefaults(Settings settings)
    {
        using var empty = new SettingsFolder();
        var defaults = empty.Load();

        Assert.Equal(defaults.Retry.Spaced, settings.Retry.Spaced);
        Assert.Equal(defaults.Timers.RetrySchedule, settings.Timers.RetrySchedule);
        Assert.Equal(
            (defaults.Webhooks.Timeout, defaults.Webhooks.MaxConcurrencyPerHost, defaults.Webhooks.Breaker),
            (settings.Webhooks.Timeout, settings.Webhooks.MaxConcurrencyPerHost, settings.Webhooks.Breaker));
        Assert.Empty(settings.Webhooks.AllowedHosts);
        Assert.Empty(settings.Webhooks.Secrets);
        Assert.Empty(settings.Sync.Sources);
        Assert.Empty(settings.Sync.AllowedHosts);
        Assert.Equal((defaults.Sync.PageSize, defaults.Sync.PageTimeout), (settings.Sync.PageSize, settings.Sync.PageTimeout));
        Assert.Null(settings.Sync.Secret);
        Assert.Empty(settings.ApiKeys);
        Assert.Equal(
            defaults with
            {
                DataDir = Path.Combine(Folder.Working, "data"),
                Logs = defaults.Logs with { Directory = Path.Combine(Folder.Working, "logs") },
                Retry = defaults.Retry with { Spaced = settings.Retry.Spaced },
                Timers = settings.Timers,
                Webhooks = settings.Webhooks,
                Sync = settings.Sync,
                ApiKeys = settings.ApiKeys,
                Notices = settings.Notices,
                Files = settings.Files,
            },
            settings);
    }

    /// <summary>Comments of settings are "# NAME=default"; sentences have a space before any "=".</summary>
    private static bool IsSetting(string line) =>
        line.StartsWith("# ", StringComparison.Ordinal) && line.IndexOf('=', StringComparison.Ordinal) is > 2 and var end
        && line[2..end].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
