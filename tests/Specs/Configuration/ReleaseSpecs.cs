using BusIngest.Bus;

namespace BusIngest.Specs.Configuration;

public sealed class ReleaseSpecs : SettingsSpec
{
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
    [InlineData("RABBITMQ_URL", "amqp://rabbit")]
    [InlineData("DATABASE_URL", "postgres://postgres/busingest")]
    public void Should_need_both_servers_for_several_processes(string only, string value) =>
        Assert.StartsWith("ROLES", Assert.Single(Folder.Refuse(null, ("ROLES", "api"), (only, value))), StringComparison.Ordinal);

    [Fact]
    public void Should_take_any_role_when_both_servers_are_there() => Assert.Equal(
        Roles.Api, Folder.Load(null, ("ROLES", "api"), ("RABBITMQ_URL", "amqp://rabbit"), ("DATABASE_URL", "postgres://postgres/busingest")).Roles);

    [Theory]
    [InlineData("api,workers,sagas,scheduler", Roles.Needed)]
    [InlineData("Seeder, api, workers, sagas, scheduler", Roles.All)]
    [InlineData("", Roles.All)]
    public void Should_read_roles(string text, Roles roles) => Assert.Equal(roles, Folder.Load(null, ("ROLES", text)).Roles);

    [Fact]
    public void Should_name_what_has_no_effect_without_its_value()
    {
        var notices = Folder.Load(null, ("WORKER_CONCURRENCY", "hush"), ("LOG_MEMORY", "hush"), ("API_KEY", "")).Notices;

        Assert.Equal("Settings not needed any more: LOG_MEMORY, WORKER_CONCURRENCY", Assert.Single(notices));
    }
}
