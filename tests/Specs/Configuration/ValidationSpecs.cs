using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

public sealed class ValidationSpecs : SettingsSpec
{
    [Theory]
    [InlineData("PORT", "abc", "PORT: 'abc' is not a whole number from 0 to 65535")]
    [InlineData("PORT", "65536", "PORT: '65536' is not a whole number from 0 to 65535")]
    [InlineData("PORT", "-1", "PORT: '-1' is not a whole number from 0 to 65535")]
    [InlineData("PORT", "30.5", "PORT: '30.5' is not a whole number from 0 to 65535")]
    [InlineData("Http__Port", "99999999999999999999", "Http__Port: '99999999999999999999' is not a whole number from 0 to 65535")]
    [InlineData("Http__MaxBodyBytes", "1", "Http__MaxBodyBytes: '1' is not a whole number from 1024 to 1073741824")]
    [InlineData("SEEDER_ENABLED", "maybe", "SEEDER_ENABLED: 'maybe' is not true or false")]
    [InlineData("CAR_GENERATION_INTERVAL_MS", "86400001", "CAR_GENERATION_INTERVAL_MS: '86400001' is not a whole number from 0 to 86400000")]
    [InlineData("Outbox__MaxChunkRecords", "0", "Outbox__MaxChunkRecords: '0' is not a whole number from 1 to 100000")]
    [InlineData("Outbox__MaxChunkBytes", "1023", "Outbox__MaxChunkBytes: '1023' is not a whole number from 1024 to 16777216")]
    [InlineData("Outbox__AcceptTimeoutMs", "99", "Outbox__AcceptTimeoutMs: '99' is not a whole number from 100 to 60000")]
    [InlineData("Inbox__MaxBytes", "1", "Inbox__MaxBytes: '1' is not a whole number from 1048576 to 1099511627776")]
    [InlineData("Inbox__BulkHighWaterBytes", "1", "Inbox__BulkHighWaterBytes: '1' is not a whole number from 65536 to 1099511627776")]
    [InlineData("Inbox__MaxInFlight", "10001", "Inbox__MaxInFlight: '10001' is not a whole number from 1 to 10000")]
    [InlineData("Inbox__MarkRetentionHours", "0", "Inbox__MarkRetentionHours: '0' is not a whole number from 1 to 8760")]
    [InlineData("Retry__Immediate", "21", "Retry__Immediate: '21' is not a whole number from 0 to 20")]
    [InlineData("Retry__SpacedMs", "1,x", "Retry__SpacedMs: '1,x' is not at most 10 whole numbers from 0 to 3600000, comma-separated")]
    [InlineData("Retry__SpacedMs", "3600001", "Retry__SpacedMs: '3600001' is not at most 10 whole numbers from 0 to 3600000, comma-separated")]
    [InlineData("Retry__SpacedMs", "1,1,1,1,1,1,1,1,1,1,1", "Retry__SpacedMs: '1,1,1,1,1,1,1,1,1,1,1' is not at most 10 whole numbers from 0 to 3600000, comma-separated")]
    [InlineData("Logs__Level", "Loud", "Logs__Level: 'Loud' is not one of Verbose, Debug, Information, Warning, Error, Fatal")]
    [InlineData("Logs__KeptFiles", "0", "Logs__KeptFiles: '0' is not a whole number from 1 to 1000")]
    [InlineData("Logs__MaxFileBytes", "1", "Logs__MaxFileBytes: '1' is not a whole number from 65536 to 1073741824")]
    [InlineData("BIND", "3000", "BIND: '3000' is not an IP address, localhost or *")]
    [InlineData("BIND", "example.org", "BIND: 'example.org' is not an IP address, localhost or *")]
    [InlineData("OUTBOX_LANE", "pigeon", "OUTBOX_LANE: 'pigeon' is not one of in-process, rabbitmq, redis")]
    [InlineData("ROLES", "api,cook", "ROLES: 'api,cook' names an unknown role 'cook'; roles are api, workers, sagas, scheduler, seeder")]
    [InlineData("DATA_DIR", "a\0b", "DATA_DIR: 'a?b' is not a path")]
    [InlineData("Outbox__MaxChunk", "1", "Outbox__MaxChunk: there is no such setting")]
    public void Should_name_the_setting_its_value_and_what_is_allowed(string name, string value, string line) =>
        Assert.Equal([line], Folder.Refuse(null, (name, value)));

    [Fact]
    public void Should_report_every_wrong_value_in_its_own_line()
    {
        Folder.WithDotEnv("SEEDER_ENABLED=perhaps\n");
        using var writer = new StringWriter();

        var exception = Assert.Throws<SettingsException>(() => Folder.Load(["--PORT", "a\nb"], ("Retry__Immediate", "x")));

        Assert.Equal(2, exception.Report(writer));
        var lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "PORT: 'a?b' is not a whole number from 0 to 65535",
                "Retry__Immediate: 'x' is not a whole number from 0 to 20",
                "SEEDER_ENABLED: 'perhaps' is not true or false",
            ],
            lines,
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public void Should_read_booleans(string value, bool expected) => Assert.Equal(expected, Folder.Load(null, ("SEEDER_ENABLED", value)).Seeder.Enabled);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--=3")]
    [InlineData("--PORT")]
    [InlineData("--urls=http://*:80")]
    [InlineData("--Outbox:MaxChunk=1")]
    public void Should_refuse_a_command_line_it_does_not_know(string arg) => Assert.Single(Folder.Refuse([arg]));

    [Fact]
    public void Should_leave_others_environment_variables_alone() =>
        Assert.Empty(Folder.Load(null, ("PATH", "/bin"), ("Some__Section", "1"), ("DOTNET_ROOT", "/x")).Notices);

    [Fact]
    public void Should_refuse_a_folder_that_is_a_file()
    {
        File.WriteAllText(Path.Combine(Folder.Working, "taken"), "");

        Assert.Equal(["DATA_DIR: 'taken' is a file, not a folder"], Folder.Refuse(null, ("DATA_DIR", "taken")));
    }

    [Fact]
    public void Should_name_a_json_file_that_is_none()
    {
        Folder.WithJson("{ \"Http\": ");

        Assert.StartsWith("appsettings.json: ", Assert.Single(Folder.Refuse()), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_name_the_line_of_a_malformed_env_file_and_not_show_it()
    {
        Folder.WithDotEnv("PORT=3001\nAUTH_API_KEYS\nBIND='x");

        Assert.Equal(
            [
                ".env line 2: not of the form KEY=value, KEY=\"value\" or KEY='value'",
                ".env line 3: not of the form KEY=value, KEY=\"value\" or KEY='value'",
            ],
            Folder.Refuse());
    }
}
