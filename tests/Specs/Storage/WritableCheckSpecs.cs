using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Specs.Storage;

public sealed class WritableCheckSpecs : Spec
{
    [Fact]
    public async Task Should_be_healthy_while_the_file_can_be_written()
    {
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(process.MainFile)).Status);
    }

    [Fact]
    public async Task Should_be_unhealthy_for_as_long_as_it_cannot()
    {
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));
        Own(await UnwritableFile.ReplaceAsync(process.MainFile));

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(process.MainFile)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(process.MainFile)).Status);
    }

    [Fact]
    public async Task Should_see_the_recovery_though_nobody_else_writes()
    {
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));
        (await UnwritableFile.ReplaceAsync(process.MainFile)).Dispose();

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(process.MainFile)).Status);
        Assert.Equal(0, process.MainFile.Writer.ConsecutiveFailures);
    }

    private static Task<HealthCheckResult> CheckAsync(SqliteDatabase database) =>
        new WritableCheck(database).CheckHealthAsync(new HealthCheckContext(), Token);
}
