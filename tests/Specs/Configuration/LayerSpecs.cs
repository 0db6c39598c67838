using BusIngest.Api.Configuration;
using BusIngest.Bus;

namespace BusIngest.Specs.Configuration;

public sealed class LayerSpecs : SettingsSpec
{
    [Fact]
    public void Should_start_with_defaults_when_nothing_is_set()
    {
        var settings = Folder.Load();

        Assert.Equal(3000, settings.Http.Port);
        Assert.Equal(10 * 1024 * 1024, settings.Http.MaxBodyBytes);
        Assert.Equal(30, settings.Seeder.IntervalMs);
        Assert.True(settings.Seeder.Enabled);
        Assert.Equal(Path.Combine(Folder.Working, "data"), settings.DataDir);
        Assert.Equal(Path.Combine(Folder.Working, "logs"), settings.Logs.Directory);
        Assert.Empty(settings.Notices);
    }

    [Fact]
    public void Should_let_each_layer_override_the_one_below()
    {
        Folder.WithJson("""{ "Outbox": { "MaxChunkRecords": 1, "MaxChunkBytes": 2001, "AcceptTimeoutMs": 1001 }, "Http": { "Port": 1001 } }""")
            .WithDotEnv("Outbox__MaxChunkRecords=2\nOutbox__MaxChunkBytes=2002\nOutbox__AcceptTimeoutMs=1002\n");

        var settings = Folder.Load(["--Outbox:MaxChunkRecords", "4"], ("Outbox__MaxChunkRecords", "3"), ("Outbox__MaxChunkBytes", "2003"));

        Assert.Equal(4, settings.Outbox.MaxChunkRecords);
        Assert.Equal(2003, settings.Outbox.MaxChunkBytes);
        Assert.Equal(1002, settings.Outbox.AcceptTimeout.TotalMilliseconds);
        Assert.Equal(1001, settings.Http.Port);
    }

    [Fact]
    public void Should_let_a_flat_name_override_a_lower_section_name()
    {
        Folder.WithJson("""{ "Cars": { "Seeder": { "IntervalMs": 1 } } }""").WithDotEnv("CAR_GENERATION_INTERVAL_MS=2");

        Assert.Equal(2, Folder.Load().Seeder.IntervalMs);
    }

    [Fact]
    public void Should_let_a_section_name_override_a_lower_flat_name()
    {
        Folder.WithDotEnv("CAR_GENERATION_INTERVAL_MS=2");

        Assert.Equal(3, Folder.Load(null, ("Cars__Seeder__IntervalMs", "3")).Seeder.IntervalMs);
        Assert.Equal(4, Folder.Load(["--Cars:Seeder:IntervalMs=4"], ("CAR_GENERATION_INTERVAL_MS", "3")).Seeder.IntervalMs);
    }

    [Fact]
    public void Should_prefer_the_flat_name_in_one_layer()
    {
        var settings = Folder.Load(null, ("PORT", "1"), ("Http__Port", "2"), ("METRICS_LOG_DIR", "a"), ("LOGS_DIR", "b"));

        Assert.Equal(1, settings.Http.Port);
        Assert.Equal(Path.Combine(Folder.Working, "b"), settings.Logs.Directory);
    }

    [Theory]
    [InlineData("--PORT", "3001")]
    [InlineData("--PORT=3001")]
    [InlineData("--port=3001")]
    [InlineData("--Http:Port", "3001")]
    [InlineData("--Http__Port=3001")]
    [InlineData("--PORT=1", "--PORT=3001")]
    public void Should_read_a_switch(params string[] args) => Assert.Equal(3001, Folder.Load(args, ("PORT", "3002")).Http.Port);

    [Fact]
    public void Should_read_flat_names_in_the_json_file()
    {
        Folder.WithJson("""{ "PORT": 3001, "SEEDER_ENABLED": false }""");

        Assert.Equal(3001, Folder.Load().Http.Port);
        Assert.False(Folder.Load().Seeder.Enabled);
    }

    [Fact]
    public void Should_read_json_arrays_and_objects_as_lists()
    {
        Folder.WithJson("""{ "Roles": [ "api", "workers", "sagas", "scheduler" ], "Retry": { "SpacedMs": [ 1, 2 ] }, "Auth": { "ApiKeys": { "ann": "k1", "bob": "k2" } } }""");

        var settings = Folder.Load();

        Assert.Equal(Roles.Needed, settings.Roles);
        Assert.Equal([1.0, 2.0], settings.Retry.Spaced.Select(pause => pause.TotalMilliseconds));
        Assert.Equal("ann bob", string.Join(" ", settings.ApiKeys.Select(key => key.Name)));
        Assert.True(settings.ApiKeys[1].Matches(ApiKey.Hash("k2")));
    }

    [Fact]
    public void Should_replace_a_list_as_a_whole()
    {
        Folder.WithJson("""{ "Retry": { "SpacedMs": [ 1, 2, 3 ] } }""");

        Assert.Single(Folder.Load(null, ("Retry__SpacedMs", "7")).Retry.Spaced);
    }

    [Fact]
    public void Should_take_the_default_for_an_empty_value()
    {
        Folder.WithDotEnv("PORT=3001");

        Assert.Equal(3000, Folder.Load(null, ("PORT", "")).Http.Port);
    }

    [Fact]
    public void Should_not_take_a_port_from_asp_net() =>
        Assert.Equal(3000, Folder.Load(null, ("ASPNETCORE_URLS", "http://*:81"), ("URLS", "http://*:82"), ("HTTP_PORTS", "83")).Http.Port);

    [Fact]
    public void Should_keep_absolute_folders()
    {
        var settings = Folder.Load(null, ("DATA_DIR", Path.GetTempPath()), ("METRICS_LOG_DIR", "../elsewhere"));

        Assert.Equal(Path.GetTempPath(), settings.DataDir);
        Assert.Equal(Path.GetFullPath("../elsewhere", Folder.Working), settings.Logs.Directory);
    }
}
