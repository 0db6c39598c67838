using BusIngest.Bus.Retention;

namespace BusIngest.Integration.Operating;

/// <summary>What goes with time, on PostgreSQL; the processes keep everything for seven days.</summary>
public sealed class SpreadRetentionTests(SharedServers servers) : SpreadTest(servers)
{
    [Theory]
    [InlineData(
        "failed_messages",
        "id, message_id, message_type, endpoint, records, attempts, exception_type, exception_message, exception_detail, failed_at, content_type, body",
        "gen_random_uuid(), gen_random_uuid(), 'T', 'e', 1, 1, 'x', 'x', 'x', {0}, 'c', ''")]
    [InlineData("saga_transitions", "saga_seq, version, event, message_id, from_state, to_state, at", "1, 1, 'E', gen_random_uuid(), 'A', 'B', {0}")]
    [InlineData("timer_attempts", "timer_id, attempt, started_at, duration_ms", "gen_random_uuid(), 1, {0}, 1")]
    public async Task Should_delete_what_is_older_and_nothing_else(string table, string columns, string values)
    {
        foreach (var (days, rows) in new[] { (8, 4_500), (6, 3) })
            await RunAsync($"INSERT INTO {table} ({columns}) SELECT {string.Format(null, values, Ago(days))} FROM generate_series(1, {rows})");

        await Worker.Get<RetentionService>().CleanAsync(Token);

        await RunAsync($"DO $$ BEGIN ASSERT (SELECT count(*) FROM {table}) = 3; END $$");
    }

    [Fact]
    public async Task Should_leave_the_orders_of_the_last_run()
    {
        await RunAsync($"""
            INSERT INTO order_runs (run, id, step, phase, quantity, created_at, ended_at, vip_processed, normal_processed, failed)
            VALUES (1, gen_random_uuid(), 1, 'DONE', 10, {Ago(8)}, {Ago(8)}, 0, 0, 0), (2, gen_random_uuid(), 1, 'DONE', 10, {Ago(8)}, NULL, 0, 0, 0);
            INSERT INTO orders (seq, id, cliente, valor, tier, priority, observacoes, status, created_at)
            SELECT run * 2097152 + i, gen_random_uuid(), 'c', 1, 'OURO', 'NORMAL', '', 'processado', {Ago(8)} FROM generate_series(1, 2) AS run, generate_series(1, 10) AS i;
            """);

        await Worker.Get<RetentionService>().CleanAsync(Token);

        await RunAsync("DO $$ BEGIN ASSERT (SELECT count(*) = 10 AND min(seq) = 2 * 2097152 + 1 FROM orders); END $$");
        await RunAsync("DO $$ BEGIN ASSERT (SELECT array_agg(run) = ARRAY[2::bigint] FROM order_runs); END $$");
    }

    private static string Ago(int days) => $"now() - interval '{days} days'";
}
