using BusIngest.Bus;

namespace BusIngest.Specs.Configuration;

public sealed class ReleaseSpecs : SettingsSpec
{
    [Theory]
    [InlineData("RABBITMQ_URL", "amqp://u:hush@h/v")]
    [InlineData("DATABASE_URL", "postgres://u:hush@h/d")]
    [InlineData("DB_HOST", "hush")]
    [InlineData("REDIS_HOST", "hush")]
    [InlineData("REDIS_SENTINEL_HOSTS", "hush:1")]
    [InlineData("REDIS_USE_SENTINEL", "true")]
    public void Should_refuse_servers_that_it_would_not_use(string name, string value) =>
        Assert.Equal([$"{name}: not in this release, which runs in one process on SQLite; remove it"], Folder.Refuse(null, (name, value)));

    [Theory]
    [InlineData("rabbitmq")]
    [InlineData("redis")]
    public void Should_refuse_lanes_that_are_not_built(string lane) =>
        Assert.Equal([$"OUTBOX_LANE: '{lane}' is not in this release, which runs in one process on SQLite; remove it"], Folder.Refuse(null, ("OUTBOX_LANE", lane)));

    [Fact]
    public void Should_take_the_lane_of_this_release() => Folder.Load(null, ("OUTBOX_LANE", "in-process"), ("REDIS_USE_SENTINEL", "false"));

    [Theory]
    [InlineData("api", "workers, sagas, scheduler")]
    [InlineData("api,workers,sagas,seeder", "scheduler")]
    [InlineData("workers,sagas,scheduler", "api")]
    public void Should_refuse_several_processes_without_servers(string roles, string missing)
    {
        var line = Assert.Single(Folder.Refuse(null, ("ROLES", roles)));

        Assert.Contains($"'{roles}' leaves out {missing}", line, StringComparison.Ordinal);
        Assert.Contains("RABBITMQ_URL and DATABASE_URL", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RABBITMQ_URL", 2)]
    [InlineData("DATABASE_URL", 2)]
    public void Should_need_both_servers_for_several_processes(string only, int lines) =>
        Assert.Equal(lines, Folder.Refuse(null, ("ROLES", "api"), (only, "x")).Count);

    [Fact]
    public void Should_not_blame_the_roles_when_both_servers_are_there()
    {
        var lines = Folder.Refuse(null, ("ROLES", "api"), ("RABBITMQ_URL", "x"), ("DATABASE_URL", "y"));

        Assert.DoesNotContain(lines, line => line.StartsWith("ROLES", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api,workers,sagas,scheduler", Roles.Needed)]
    [InlineData("Seeder, api, workers, sagas, scheduler", Roles.All)]
    [InlineData("", Roles.All)]
    public void Should_read_roles(string text, Roles roles) => Assert.Equal(roles, Folder.Load(null, ("ROLES", text)).Roles);

    [Fact]
    public void Should_name_what_has_no_effect_without_its_value()
    {
        var notices = Folder.Load(
            null,
            ("MONGO_URI", "hush"), ("LOG_MEMORY", "hush"), ("MAX_ORDERS", "hush"), ("API_BASE_URL", "hush"), ("Orders__BatchSize", "hush"), ("API_KEY", "")).Notices;

        Assert.Equal(
            [
                "Settings not used by this release: API_BASE_URL, MAX_ORDERS, Orders__BatchSize",
                "Settings not needed any more: LOG_MEMORY, MONGO_URI",
            ],
            notices);
    }
}
