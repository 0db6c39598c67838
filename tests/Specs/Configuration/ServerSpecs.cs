using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Specs.Configuration;

public sealed class ServerSpecs : SettingsSpec
{
    private static readonly (string, string) RabbitMq = ("RABBITMQ_URL", "amqp://u:hush@rabbit:5673/v");
    private static readonly (string, string) Redis = ("REDIS_HOST", "redis");

    [Theory]
    [InlineData("postgres://ann:h%2Fush@db:5433/cars?sslmode=require")]
    [InlineData("Host=db;Port=5433;Username=ann;Password=h/ush;Database=cars;SSL Mode=Require")]
    public void Should_read_where_the_database_is_in_either_form(string url)
    {
        var address = PostgresAddress.Parse(Folder.Load(null, ("DATABASE_URL", url)).Postgres!.ConnectionString);

        Assert.Equal(
            ("db", 5433, "ann", "h/ush", "cars", Npgsql.SslMode.Require),
            (address.Host, address.Port, address.Username, address.Password, address.Database, address.SslMode));
    }

    [Fact]
    public void Should_read_where_the_database_is_by_its_parts()
    {
        var settings = Folder.Load(null, ("DB_HOST", "db"), ("DB_PORT", "5433"), ("DB_USER", "ann"), ("DB_PASSWORD", "a;b='c"), ("DB_NAME", "cars"));

        var address = PostgresAddress.Parse(settings.Postgres!.ConnectionString);
        Assert.Equal(("db", 5433, "ann", "a;b='c", "cars"), (address.Host, address.Port, address.Username, address.Password, address.Database));
    }

    [Theory]
    [InlineData("DATABASE_URL", "mysql://u:hush@h/d")]
    [InlineData("DATABASE_URL", "postgres://u:hush@h")]
    [InlineData("DATABASE_URL", "postgres://u:hush@h/d?hush=1")]
    [InlineData("DATABASE_URL", "postgres://u:123?u:hush@h/d")]
    [InlineData("DATABASE_URL", "postgres://h/d?u:hush@h/d&x=1")]
    [InlineData("DATABASE_URL", "Host=h;Password=hush")]
    [InlineData("DATABASE_URL", "hush")]
    [InlineData("RABBITMQ_URL", "http://u:hush@h")]
    [InlineData("RABBITMQ_URL", "hush")]
    [InlineData("REDIS_SENTINEL_HOSTS", "a:0")]
    [InlineData("REDIS_SENTINEL_HOSTS", "a:b:c")]
    [InlineData("REDIS_USE_SENTINEL", "true")]
    public void Should_name_a_setting_that_is_wrong_and_show_no_secret(string name, string value)
    {
        var line = Assert.Single(Folder.Refuse(null, (name, value)));

        Assert.StartsWith($"{name}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("u:hush", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_take_the_lane_that_the_servers_suggest()
    {
        Assert.Equal(LaneKind.InProcess, Folder.Load(null).Lane);
        Assert.Equal(LaneKind.Redis, Folder.Load(null, Redis).Lane);
        Assert.Equal(LaneKind.RabbitMq, Folder.Load(null, RabbitMq, Redis).Lane);
        Assert.Equal(LaneKind.Redis, Folder.Load(null, RabbitMq, Redis, ("OUTBOX_LANE", "redis")).Lane);
        Assert.Equal(LaneKind.InProcess, Folder.Load(null, Redis, ("OUTBOX_LANE", "in-process")).Lane);
    }

    [Theory]
    [InlineData("rabbitmq", "needs RABBITMQ_URL")]
    [InlineData("redis", "needs REDIS_HOST or REDIS_SENTINEL_HOSTS")]
    [InlineData("kafka", "is not one of in-process, rabbitmq, redis")]
    public void Should_refuse_a_lane_without_its_server(string lane, string reason) =>
        Assert.Equal([$"OUTBOX_LANE: '{lane}' {reason}"], Folder.Refuse(null, ("OUTBOX_LANE", lane)));

    [Fact]
    public void Should_refuse_a_lane_that_ends_before_the_consumers() =>
        Assert.StartsWith("OUTBOX_LANE: 'in-process' has no way", Assert.Single(Folder.Refuse(null, RabbitMq, ("OUTBOX_LANE", "in-process"))), StringComparison.Ordinal);

    [Fact]
    public void Should_read_the_sentinels()
    {
        var redis = Folder.Load(null, ("REDIS_USE_SENTINEL", "true"), ("REDIS_SENTINEL_HOSTS", "a:1, b, [::1]:3"), ("REDIS_SENTINEL_MASTER_NAME", "cars")).Redis!;

        Assert.True(redis.UseSentinel);
        Assert.Equal(["a:1", "b:26379", "[::1]:3"], redis.SentinelHosts);
        Assert.Equal("cars", redis.SentinelMasterName);
    }

    [Fact]
    public void Should_read_the_breaker_and_the_recovery()
    {
        var settings = Folder.Load(
            null,
            ("CIRCUIT_BREAKER_FAILURE_THRESHOLD", "7"), ("CIRCUIT_BREAKER_COOLDOWN_MS", "300"), ("Outbox__PublishTimeoutMs", "250"),
            ("RECOVERY_CHUNK_SIZE", "20"), ("RECOVERY_COOLDOWN_MS", "30"), ("RECOVERY_CHECK_INTERVAL_MS", "40"));

        Assert.Equal((7, 300, 250), (settings.Breaker.FailureThreshold, settings.Breaker.Cooldown.TotalMilliseconds, settings.Breaker.PublishTimeout.TotalMilliseconds));
        Assert.Equal((20, 30, 40), (settings.Recovery.ChunkSize, settings.Recovery.Cooldown.TotalMilliseconds, settings.Recovery.CheckInterval.TotalMilliseconds));
    }
}
