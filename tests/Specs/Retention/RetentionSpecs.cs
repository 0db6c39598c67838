using BusIngest.Api.Configuration;
using BusIngest.Bus.Retention;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Retention;

public sealed class RetentionSpecs : Spec
{
    private const long Day = 86_400_000;
    private const long Run = 2_097_152;

    private static readonly RetentionSettings Week = new()
    {
        FailedMessageDays = 7, SagaHistoryDays = 7, TimerAttemptDays = 7, OrderDays = 7, OrderRunDays = 7,
    };

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("failed_messages", "hex(randomblob(16)), hex(randomblob(16)), 'T', 'e', 1, 1, 'x', 'x', 'x', {0}, 'c', x''", "id, message_id, message_type, endpoint, records, attempts, exception_type, exception_message, exception_detail, failed_at, content_type, body")]
    [InlineData("saga_transitions", "1, 1, 'e', 'm', 'a', 'b', {0}", "saga_seq, version, event, message_id, from_state, to_state, at")]
    [InlineData("timer_attempts", "'t', 1, {0}, 1", "timer_id, attempt, started_at, duration_ms")]
    public async Task Should_delete_what_is_older_and_nothing_else(string table, string values, string columns)
    {
        var service = await StartAsync(Week);
        var (old, young) = (Now - (8 * Day), Now - (6 * Day));
        await RunAsync(service, Insert(table, columns, values, old, 4_500), Insert(table, columns, values, young, 3));

        await service.Get<RetentionService>().CleanAsync(Token);

        Assert.Equal(3, Count(service, table));
    }

    [Fact]
    public async Task Should_leave_the_orders_of_the_last_run()
    {
        var service = await StartAsync(Week);
        var old = Now - (8 * Day);
        await RunAsync(
            service,
            InsertRun(1, old, ended: true), InsertRun(2, old, ended: false),
            InsertOrders(Run + 1, old), InsertOrders((2 * Run) + 1, old));

        await service.Get<RetentionService>().CleanAsync(Token);

        Assert.Equal((10, 1), (Count(service, "orders"), Count(service, "order_runs")));
        Assert.Equal(0, Count(service, $"orders WHERE seq <= {2 * Run}"));
    }

    [Fact]
    public async Task Should_keep_everything_by_default()
    {
        var service = await StartAsync(new RetentionSettings());
        Assert.Empty(RetentionRules.Tables(service.Get<Settings>().Retention));
        Assert.Null(service.Get<IServiceProvider>().GetService<RetentionService>());
    }

    private async Task<RunningService> StartAsync(RetentionSettings retention) =>
        Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Retention = retention }));

    private static string Insert(string table, string columns, string values, long time, int rows) =>
        $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO {table} ({columns}) SELECT {string.Format(null, values, time)} FROM n";

    private static string InsertRun(long run, long time, bool ended) =>
        "INSERT INTO order_runs (run, id, step, phase, quantity, created_at, ended_at, vip_processed, normal_processed, failed) "
        + $"VALUES ({run}, 'run-{run}', 1, 'DONE', 1, {time}, {(ended ? time : "NULL")}, 0, 0, 0)";

    private static string InsertOrders(long first, long time) =>
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9) INSERT INTO orders (seq, id, cliente, valor, tier, priority, observacoes, status, created_at) "
        + $"SELECT {first} + i, 'o' || ({first} + i), 'c', 1, 'OURO', 'NORMAL', '', 'processado', {time} FROM n";

    private static async Task RunAsync(RunningService service, params string[] statements)
    {
        foreach (var statement in statements)
        {
            await service.Get<MainDatabase>().Writer.WriteAsync(1, session =>
            {
                session.Execute(statement);
                return 0;
            });
        }
    }

    private static long Count(RunningService service, string table)
    {
        using var reader = service.Get<MainDatabase>().OpenReader();
        var count = reader.Statement($"SELECT count(*) FROM {table}");
        count.Read();
        return count.Number(0);
    }
}
