using BusIngest.Bus.Failures;
using BusIngest.Bus.Progress;
using BusIngest.Integration.Postgres.Work;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>Messages that consumers sent, on their way out of PostgreSQL.</summary>
public sealed class OutgoingTests(SharedServers servers) : PostgresTest(servers)
{
    private const int Jobs = 50;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bench.OnJob = context => context.Publish(new JobDone(context.Message.Number), Token);
    }

    [Fact]
    public async Task Should_send_at_once_from_memory()
    {
        // Nothing is swept before an hour has passed.
        var process = await StartAsync(Swept(TimeSpan.FromHours(1)));

        await SendJobsAsync(process);

        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Jobs));
        await UntilRestAsync();
        Assert.All(process.Forwarder.Sent.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Should_sweep_up_what_could_not_be_sent()
    {
        var process = await StartAsync();
        process.Forwarder.IsAway = true;
        await SendJobsAsync(process);
        await UntilAsync("all wait", async _ => await AskAsync<long>("SELECT count(*) FROM outgoing") == Jobs);

        process.Forwarder.IsAway = false;

        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Jobs));
        await EffectsBecomeAsync(DoneTooConsumer.Queue, Enumerable.Range(0, Jobs));
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_sweep_up_what_a_dead_process_left_behind_by_several_others()
    {
        var user = await UserAsync();
        var dead = await StartAsync(UrlOf(user), Swept(TimeSpan.FromHours(1)));
        dead.Forwarder.IsAway = true;
        await SendJobsAsync(dead);
        await UntilAsync("all wait", async _ => await AskAsync<long>("SELECT count(*) FROM outgoing") == Jobs);
        await CutOffAsync(user);

        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync()));

        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Jobs));
        await EffectsBecomeAsync(DoneTooConsumer.Queue, Enumerable.Range(0, Jobs));
        await UntilRestAsync();
        // Each row by one of them: the others pass over what it has locked.
        Assert.Equal(Jobs, others.Sum(other => other.Forwarder.Sent.Values.Sum()));
    }

    [Fact]
    public async Task Should_not_be_held_up_by_messages_that_cannot_be_sent()
    {
        var process = await StartAsync();
        process.Forwarder.Refuses = _ => true;
        Bench.OnJob = context => SendAsync(context, DoneConsumer.Queue);
        await SendJobsAsync(process);
        await UntilAsync("all wait", async _ => await AskAsync<long>("SELECT count(*) FROM outgoing") == Jobs);

        // These come behind, by a process that can't send, and so by the sweep alone.
        var user = await UserAsync();
        var dead = await StartAsync(UrlOf(user), Swept(TimeSpan.FromHours(1)));
        dead.Forwarder.IsAway = true;
        Bench.OnJob = context => SendAsync(context, DoneTooConsumer.Queue);
        await SendJobsAsync(dead, Jobs);
        await UntilAsync("all wait", async _ => await AskAsync<long>("SELECT count(*) FROM outgoing") == 2 * Jobs);
        await CutOffAsync(user);
        process.Forwarder.Refuses = entry => entry.Endpoint is DoneConsumer.Queue;

        await EffectsBecomeAsync(DoneTooConsumer.Queue, Enumerable.Range(Jobs, Jobs));
        Assert.Empty(await EffectsAsync(DoneConsumer.Queue));

        process.Forwarder.Refuses = _ => false;
        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Jobs));
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_delete_no_row_of_another_endpoint_with_the_same_message()
    {
        await ExecuteAsync("ALTER TABLE effects ADD CONSTRAINT poison CHECK (endpoint = 'jobs')");
        var process = await StartAsync(NoRetries);
        await process.SendAsync(JobConsumer.Queue, new Job(1));
        await UntilAsync("both are given up", async _ => await AskAsync<long>("SELECT count(*) FROM failed_messages") == 2);
        await ExecuteAsync("ALTER TABLE effects DROP CONSTRAINT poison");

        process.Forwarder.Refuses = entry => entry.Endpoint is DoneTooConsumer.Queue;
        await process.Get<IFailedMessages>().RetryAllAsync(null, Token);

        await EffectsBecomeAsync(DoneConsumer.Queue, 1);
        await UntilAsync("one is left", async _ => await AskAsync<long>("SELECT count(*) FROM outgoing") == 1);
        Assert.Equal(DoneTooConsumer.Queue, await AskAsync<string>("SELECT endpoint FROM outgoing"));
        process.Forwarder.Refuses = _ => false;
        await EffectsBecomeAsync(DoneTooConsumer.Queue, 1);
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_leave_to_the_sweep_what_is_too_much_to_have_in_hand()
    {
        var setup = Swept(TimeSpan.FromSeconds(1));
        var process = await StartAsync(setup with { Options = setup.Options with { Delivery = setup.Options.Delivery with { MaxInHand = 2 } } });

        await SendJobsAsync(process);

        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Jobs));
        await EffectsBecomeAsync(DoneTooConsumer.Queue, Enumerable.Range(0, Jobs));
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_lose_nothing_when_processes_stop_and_start_under_load()
    {
        var last = 0;
        for (var round = 0; round < 4; round++)
        {
            var process = await StartAsync();
            await Task.WhenAll(Enumerable.Range(last, Jobs).Select(number => process.ScheduleAsync(JobConsumer.Queue, DateTimeOffset.UnixEpoch, new Job(number))));
            last += Jobs;
            await process.StopAsync();
        }

        await StartAsync();

        await EffectsBecomeAsync(JobConsumer.Queue, Enumerable.Range(0, last));
        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, last));
        await EffectsBecomeAsync(DoneTooConsumer.Queue, Enumerable.Range(0, last));
        await UntilRestAsync();
    }

    /// <summary>A broker that refuses at once: nothing is in hand for longer than a moment.</summary>
    [Fact]
    public async Task Should_be_seen_to_stand_still_while_nothing_can_be_sent()
    {
        var clock = new ManualClock();
        var watch = new WorkWatch(clock, []);
        var process = await StartAsync(new PostgresSetup { Services = services => services.AddSingleton(watch) });
        process.Forwarder.IsAway = true;
        await SendJobsAsync(process);

        await UntilAsync("it is told", _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(watch.Troubles.Any(trouble => trouble.StartsWith("deliverer of outgoing messages has work", StringComparison.Ordinal)));
        });

        process.Forwarder.IsAway = false;
        await UntilRestAsync();
        Assert.Empty(watch.Troubles);
    }

    private static async Task SendAsync(ConsumeContext<Job> context, string queue)
    {
        var endpoint = await context.GetSendEndpoint(new Uri($"queue:{queue}"));
        await endpoint.Send(new JobDone(context.Message.Number), Token);
    }

    private static PostgresSetup Swept(TimeSpan after)
    {
        var setup = new PostgresSetup();
        return setup with { Options = setup.Options with { Delivery = setup.Options.Delivery with { LeftBehindAfter = after } } };
    }

    private static Task SendJobsAsync(PostgresProcess process, int first = 0) => Task.WhenAll(
        Enumerable.Range(first, Jobs).Select(number => process.SendAsync(JobConsumer.Queue, new Job(number))));
}
