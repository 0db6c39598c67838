using System.Net;

namespace BusIngest.Faults;

/// <summary>Starting: soon, from anywhere, and not at all with a wrong setting.</summary>
public sealed class StartTests : FaultTest
{
    private static readonly TimeSpan ServingLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Should_serve_within_5_seconds()
    {
        var installation = Install();
        var program = await installation.LaunchAsync();

        var age = await program.WaitUntilReadyAsync(Token);

        Log($"Ready after {age.TotalMilliseconds:0} ms");
        Assert.True(age < ServingLimit, $"Ready after {age}");
        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("health", Token));
        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("health/live", Token));
        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("openapi/v1.json", Token));
    }

    [Fact]
    public async Task Should_run_from_any_directory()
    {
        var installation = Install();
        var program = await installation.LaunchAsync(installation.Settings() with { WorkingDirectory = "/" });

        await program.WaitUntilReadyAsync(Token);

        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("cars", Token));
    }

    [Fact]
    public async Task Should_keep_data_and_logs_in_the_working_directory_by_default()
    {
        var installation = Install();
        var program = await installation.LaunchAsync(installation.Settings() with { DataDirectory = null, LogsDirectory = null });

        await program.WaitUntilReadyAsync(Token);

        Assert.True(File.Exists(Path.Combine(installation.WorkingDirectory, "data", "busingest.db")));
        Assert.True(Directory.Exists(Path.Combine(installation.WorkingDirectory, "logs")));
    }

    [Fact]
    public async Task Should_read_the_env_file_of_the_working_directory_below_the_environment()
    {
        var installation = Install();
        await File.WriteAllTextAsync(
            Path.Combine(installation.WorkingDirectory, ".env"), "CAR_GENERATION_INTERVAL_MS=77\nSEEDER_ENABLED=true\n", Token);

        await installation.StartAsync(Token, ("SEEDER_ENABLED", "false"));

        var seeder = await installation.Api.GetAsync("cars/seeder", Token);
        Assert.Equal(77, seeder.GetProperty("intervalMs").GetInt32());
        Assert.Equal(0, (await installation.Api.StatsAsync(Token)).Generated);
    }

    [Theory]
    [InlineData("PORT", "abc")]
    [InlineData("PORT", "70000")]
    [InlineData("CAR_GENERATION_INTERVAL_MS", "-1")]
    [InlineData("CAR_GENERATION_INTERVAL_MS", "30ms")]
    [InlineData("SEEDER_ENABLED", "maybe")]
    [InlineData("ROLES", "api,cook")]
    [InlineData("BIND", "nowhere at all")]
    [InlineData("DATA_DIR", "/proc/busingest")]
    [InlineData("DATA_DIR", "/dev/null")]
    [InlineData("LOGS_DIR", "/proc/busingest")]
    [InlineData("Outbox__MaxChunkRecords", "0")]
    [InlineData("Retry__Immediate", "many")]
    public async Task Should_stop_with_one_line_that_names_a_wrong_setting(string name, string value)
    {
        var program = await Install().LaunchAsync((name, value));

        var exit = await program.WaitForExitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.NotEqual(0, exit.Code);
        var line = Assert.Single(program.Output.Lines());
        Assert.Contains(name, line.Replace(":", "__", StringComparison.Ordinal), StringComparison.Ordinal);
        Log(line);
    }

    [Fact]
    public async Task Should_stop_with_one_line_when_the_port_is_taken()
    {
        var taken = await Install().StartAsync(Token);
        var program = await Install().LaunchAsync(("PORT", $"{taken.Address!.Port}"));

        var exit = await program.WaitForExitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.NotEqual(0, exit.Code);
        Assert.Contains(program.Output.Lines(), line => line.Contains("PORT", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", program.Output.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_listen_on_this_machine_only_without_keys()
    {
        var program = await Install().StartAsync(Token);

        Assert.True(program.Address!.IsLoopback, $"It listens on {program.Address}");
    }
}
