using BusIngest.Bus.Delivery;
using BusIngest.Integration.Postgres.Work;
using MassTransit;

namespace BusIngest.Integration.Postgres;

/// <summary>A consumer's transaction in PostgreSQL, over the in-process bus.</summary>
public sealed class DeliveryTests(SharedServers servers) : PostgresTest(servers)
{
    [Fact]
    public async Task Should_commit_effect_mark_outgoing_and_schedule_together()
    {
        Bench.OnJob = async context =>
        {
            await context.Publish(new JobDone(context.Message.Number), Token);
            await context.ScheduleSend(new Uri("queue:done"), DateTime.UnixEpoch.AddYears(100), new JobDone(2), Token);
        };
        var process = await StartAsync();
        var id = Guid.NewGuid();

        await process.SendAsync(JobConsumer.Queue, new Job(1), id);

        await EffectsBecomeAsync(DoneConsumer.Queue, 1);
        await EffectsBecomeAsync(DoneTooConsumer.Queue, 1);
        Assert.Equal([id], await ListAsync<Guid>("SELECT message_id FROM effects WHERE endpoint = 'jobs'"));
        Assert.Equal(1, await AskAsync<long>($"SELECT count(*) FROM consumed_messages WHERE message_id = '{id}' AND endpoint = 'jobs'"));
        Assert.Equal(1, await AskAsync<long>("SELECT count(*) FROM scheduled_messages"));
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_leave_nothing_of_a_consumer_that_throws()
    {
        Bench.OnJob = async context =>
        {
            await context.Publish(new JobDone(context.Message.Number), Token);
            await context.ScheduleSend(new Uri("queue:done"), DateTime.UnixEpoch.AddYears(100), new JobDone(2), Token);
            throw new InvalidOperationException("\0 The test has it fail.");
        };
        var process = await StartAsync(NoRetries);

        await process.SendAsync(JobConsumer.Queue, new Job(1));

        await UntilAsync("it is given up", async _ => await AskAsync<long>("SELECT count(*) FROM failed_messages") == 1);
        foreach (var table in new[] { "effects", "consumed_messages", "outgoing", "scheduled_messages" })
            Assert.Equal(0, await AskAsync<long>($"SELECT count(*) FROM {table}"));
        Assert.Equal("\uFFFD The test has it fail.", await AskAsync<string>("SELECT exception_message FROM failed_messages"));
    }

    [Fact]
    public async Task Should_leave_nothing_when_the_database_refuses_an_effect()
    {
        await ExecuteAsync("ALTER TABLE effects ADD CHECK (number <> 1)");
        Bench.OnJob = context => context.Publish(new JobDone(context.Message.Number), Token);
        var process = await StartAsync(NoRetries);

        await process.SendAsync(JobConsumer.Queue, new Job(1));

        await UntilAsync("it is given up", async _ => await AskAsync<long>("SELECT count(*) FROM failed_messages") == 1);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM consumed_messages"));
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM outgoing"));
        Assert.Contains("effects_number_check", await AskAsync<string>("SELECT exception_message FROM failed_messages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_have_the_effect_of_a_message_once_though_it_comes_again_on_two_processes()
    {
        const int Messages = 40;
        Bench.OnJob = context => context.Publish(new JobDone(context.Message.Number), Token);
        var first = await StartAsync();
        var second = await StartAsync();
        var messages = Enumerable.Range(0, Messages).Select(number => (Job: new Job(number), Id: Guid.NewGuid())).ToList();

        foreach (var (job, id) in messages)
            await Task.WhenAll(first.SendAsync(JobConsumer.Queue, job, id), second.SendAsync(JobConsumer.Queue, job, id), second.SendAsync(JobConsumer.Queue, job, id));

        await EffectsBecomeAsync(JobConsumer.Queue, Enumerable.Range(0, Messages));
        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Messages));
        await UntilRestAsync();
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
        Assert.Equal(Messages, await AskAsync<long>("SELECT count(*) FROM effects WHERE endpoint = 'jobs'"));
    }

    [Fact]
    public async Task Should_leave_nothing_of_a_try_that_a_definitions_retry_repeats()
    {
        var tries = 0;
        Bench.OnJob = async context =>
        {
            await context.Publish(new JobDone(Interlocked.Increment(ref tries)), Token);
            // What reads in its transaction has begun it.
            await context.Transaction().Unit.RunAsync((_, _) => Task.FromResult(true), Token);
            if (tries < 3)
                throw new InvalidOperationException("The test has it fail.");
        };
        var process = await StartAsync(NoRetries with
        {
            Consumers = bus => bus.AddConfigureEndpointsCallback((name, endpoint) =>
            {
                if (string.Equals(name, JobConsumer.Queue, StringComparison.Ordinal))
                    endpoint.UseMessageRetry(retry => retry.Immediate(5));
            }),
        });

        await process.SendAsync(JobConsumer.Queue, new Job(1));

        await EffectsBecomeAsync(DoneConsumer.Queue, 3);
        Assert.Equal([1], await EffectsAsync(JobConsumer.Queue));
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
    }

    [Fact]
    public async Task Should_give_up_what_a_consumer_knows_for_sqlite_alone()
    {
        Bench.OnJob = context =>
        {
            context.Transaction().Write(1, _ => { });
            return Task.CompletedTask;
        };
        var process = await StartAsync(NoRetries);

        await process.SendAsync(JobConsumer.Queue, new Job(1));

        await UntilAsync("it is given up", async _ => await AskAsync<long>("SELECT count(*) FROM failed_messages") == 1);
        Assert.Equal(typeof(NotSupportedException).FullName, await AskAsync<string>("SELECT exception_type FROM failed_messages"));
        Assert.Empty(await EffectsAsync(JobConsumer.Queue));
    }

    [Fact]
    public async Task Should_try_again_what_was_a_deadlock_though_it_has_no_retries()
    {
        await ExecuteAsync("CREATE TABLE pair (id integer PRIMARY KEY, n integer NOT NULL); INSERT INTO pair VALUES (1, 0), (2, 0)");
        using var both = new Barrier(2);
        var tries = 0;
        Bench.OnJob = async context =>
        {
            var (first, second) = context.Message.Number == 1 ? (1, 2) : (2, 1);
            var batch = new Bus.Storage.Postgres.PostgresBatch();
            batch.Add("UPDATE pair SET n = n + 1 WHERE id = $1").Bind(first);
            await context.Transaction().Unit.ExecuteAsync(batch, Token);
            if (Interlocked.Increment(ref tries) <= 2)
                await Task.Run(() => both.SignalAndWait(Deadline, Token), Token);
            context.Transaction().WritePostgres(1, later => later.Add("UPDATE pair SET n = n + 1 WHERE id = $1").Bind(second));
        };
        var process = await StartAsync(NoRetries);

        // Through the outbox of the consumers' own, so that what is not settled comes again.
        await process.ScheduleAsync(JobConsumer.Queue, DateTimeOffset.UnixEpoch, new Job(1));
        await process.ScheduleAsync(JobConsumer.Queue, DateTimeOffset.UnixEpoch, new Job(2));

        await EffectsBecomeAsync(JobConsumer.Queue, 1, 2);
        Assert.Equal([2, 2], await ListAsync<int>("SELECT n FROM pair"));
        Assert.True(tries > 2, "there was no deadlock");
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
    }
}
