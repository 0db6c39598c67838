using BusIngest.Api.Configuration;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Specs.Configuration;

/// <summary>Secrets and addresses that lie in files.</summary>
public sealed class FileSettingSpecs : SettingsSpec
{
    [Fact]
    public void Should_read_secrets_from_files_and_again_when_they_change()
    {
        var settings = Folder.Load(
            null,
            ("AUTH_API_KEYS_FILE", Write("keys", "ann=k1\n")), ("WEBHOOKS_SECRET_FILE", Write("webhooks", "a-secret-of-some-length")),
            ("DATABASE_URL_FILE", Write("database", "postgres://u:one@db/cars")), ("RABBITMQ_URL_FILE", Write("rabbitmq", "amqp://u:one@rabbit/")),
            ("REDIS_HOST", "redis"), ("REDIS_PASSWORD_FILE", Write("redis", " one \n")), ("API_BASE_URL", "http://events"), ("API_KEY_FILE", Write("key", "one")));
        Assert.Equal("one", settings.Redis!.Access.Password!.Current);
        Assert.Equal("one", PostgresAddress.Parse(settings.Postgres!.ConnectionString).Password);

        Write("keys", "ann=k2\nbob=k3");
        Write("webhooks", "another-secret-of-some-length");
        Write("database", "postgres://u:two@db/cars");
        Write("rabbitmq", "amqp://u:two@rabbit/");
        Write("redis", "two");
        Write("key", "two");
        foreach (var file in settings.Files.Values)
            Assert.True(file.Refresh(out var trouble), trouble);

        Assert.Equal("ann bob", string.Join(" ", settings.ApiKeys.Select(key => key.Name)));
        Assert.True(settings.ApiKeys[0].Matches(ApiKey.Hash("k2")));
        Assert.Single(settings.Webhooks.Secrets);
        Assert.Equal("two", PostgresAddress.Parse(settings.Postgres.Reread!()).Password);
        Assert.Equal("two", settings.RabbitMq!.Reread!().Password);
        Assert.Equal("two", settings.Redis.Access.Password.Current);
        Assert.Equal("two", settings.Sync.Sources["datasync"].ApiKey);
    }

    [Fact]
    public void Should_read_every_secret_from_a_file()
    {
        var settings = Folder.Load(
            null,
            ("AUTH_SESSION_SECRET_FILE", Write("session", "a-secret-of-sessions\n")), ("SYNC_SECRET_FILE", Write("sync", "a-secret-that-seals\n")),
            ("MONGO_URI_FILE", Write("mongo", "mongodb://u:one@mongo/copies?replicaSet=rs0\n")), ("Http__CertificatePassword_FILE", Write("password", "open\n")));

        Assert.Equal(
            ("a-secret-of-sessions", "a-secret-that-seals", "open"),
            (settings.SessionSecret, settings.Sync.Secret, settings.Http.CertificatePassword));
        Assert.NotNull(settings.Mongo);
    }

    [Fact]
    public void Should_keep_what_it_has_when_a_file_is_gone_or_wrong()
    {
        var settings = Folder.Load(null, ("AUTH_API_KEYS_FILE", Write("keys", "ann=k1")));
        var file = settings.Files["AUTH_API_KEYS_FILE"];

        Write("keys", "hush hush");
        Assert.False(file.Refresh(out var wrong));
        Assert.Contains("entry 1 is not name=key", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", wrong, StringComparison.Ordinal);
        File.Delete(Path.Combine(Folder.Working, "keys"));
        Assert.False(file.Refresh(out var gone));

        Assert.Equal("does not exist", gone);
        Assert.Equal(["ann"], settings.ApiKeys.Select(key => key.Name), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "'nowhere' does not exist")]
    [InlineData("empty", "'empty' is empty")]
    [InlineData(".", "'.' is a folder")]
    public void Should_name_a_file_that_can_not_be_read(string path, string reason)
    {
        Write("empty", " \n");

        Assert.Equal([$"REDIS_PASSWORD_FILE: {reason}"], Folder.Refuse(null, ("REDIS_HOST", "redis"), ("REDIS_PASSWORD_FILE", path)));
    }

    [Fact]
    public void Should_refuse_a_value_and_a_file_at_once() => Assert.Equal(
        ["REDIS_PASSWORD_FILE: REDIS_PASSWORD is set as well; one of the two must go"],
        Folder.Refuse(null, ("REDIS_HOST", "redis"), ("REDIS_PASSWORD", "hush"), ("REDIS_PASSWORD_FILE", Write("redis", "hush"))));

    [Fact]
    public void Should_let_a_higher_layer_replace_a_file_by_a_value_and_the_other_way_round()
    {
        Folder.WithDotEnv($"REDIS_HOST=redis\nREDIS_PASSWORD_FILE={Write("redis", "below")}\nAPI_KEY=below");

        var settings = Folder.Load(null, ("REDIS_PASSWORD", "above"), ("API_KEY_FILE", Write("key", "above")), ("API_BASE_URL", "http://events"));

        Assert.Equal(("above", "above"), (settings.Redis!.Access.Password!.Current, settings.Sync.Sources["datasync"].ApiKey));
    }

    [Theory]
    [InlineData("REDIS_USER", "bob", "needs a password beside it")]
    [InlineData("REDIS_CA_FILE", "ca", "needs REDIS_TLS=true")]
    [InlineData("REDIS_HOST", "a:b", "is not a host name")]
    public void Should_name_what_is_wrong_with_the_access_to_redis(string name, string value, string reason) =>
        Assert.Contains(
            Folder.Refuse(null, [.. new[] { ("REDIS_HOST", "redis") }.Where(given => !string.Equals(given.Item1, name, StringComparison.Ordinal)), (name, value)]),
            line => line.StartsWith($"{name}: ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData("::1")]
    [InlineData("[::1]")]
    public void Should_take_a_host_of_ipv6_with_brackets_or_without(string host) => Assert.Equal("::1", Folder.Load(null, ("REDIS_HOST", host)).Redis!.Host);

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder.Working, name), text);
        return name;
    }
}
