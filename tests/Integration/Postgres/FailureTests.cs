using System.Text.Json;
using System.Text.Json.Nodes;
using BusIngest.Bus.Failures;
using BusIngest.Integration.Postgres.Work;

namespace BusIngest.Integration.Postgres;

/// <summary>Failed messages in PostgreSQL.</summary>
public sealed class FailureTests(SharedServers servers) : PostgresTest(servers)
{
    private bool _fails = true;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bench.OnJob = context => _fails ? throw new InvalidOperationException($"The test has {context.Message.Number} fail.") : Task.CompletedTask;
    }

    [Fact]
    public async Task Should_keep_a_message_and_replace_it_when_it_fails_again()
    {
        var process = await StartAsync(NoRetries);
        var id = Guid.NewGuid();
        await process.SendAsync(JobConsumer.Queue, new Job(1), id);
        var first = await FailuresAsync(1);
        await process.SendAsync(JobConsumer.Queue, new Job(2));
        await FailuresAsync(2);

        await process.SendAsync(JobConsumer.Queue, new Job(1), id);

        await UntilAsync("it is another one", async _ => !(await ListAsync<Guid>("SELECT id FROM failed_messages")).Contains(first[0]));
        Assert.Equal(2, (await FailuresAsync(2)).Count);
        // In the order of failing.
        Assert.Equal(id, (await ListAsync<Guid>("SELECT message_id FROM failed_messages ORDER BY seq"))[^1]);
    }

    [Fact]
    public async Task Should_send_one_again()
    {
        var process = await StartAsync(NoRetries);
        await process.SendAsync(JobConsumer.Queue, new Job(1));
        var failed = (await FailuresAsync(1))[0];
        _fails = false;

        Assert.True(await process.Get<IFailedMessages>().RetryAsync(failed, Token));

        await EffectsBecomeAsync(JobConsumer.Queue, 1);
        await UntilRestAsync();
        await FailuresAsync(0);
        Assert.False(await process.Get<IFailedMessages>().RetryAsync(failed, Token));
    }

    [Fact]
    public async Task Should_send_all_again_that_failed_before_and_end()
    {
        const int Messages = 120;
        var process = await StartAsync(NoRetries);
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => process.SendAsync(JobConsumer.Queue, new Job(number))));
        await FailuresAsync(Messages);

        // They fail again meanwhile.
        Assert.Equal(Messages, await process.Get<IFailedMessages>().RetryAllAsync(nameof(Job), Token));
        await UntilRestAsync();
        await FailuresAsync(Messages);

        _fails = false;
        Assert.Equal(0, await process.Get<IFailedMessages>().RetryAllAsync(nameof(JobDone), Token));
        var both = await Task.WhenAll(
            process.Get<IFailedMessages>().RetryAllAsync(null, Token), (await StartAsync(NoRetries)).Get<IFailedMessages>().RetryAllAsync(null, Token));
        Assert.InRange(both.Sum(), Messages, 2 * Messages);
        await EffectsBecomeAsync(JobConsumer.Queue, Enumerable.Range(0, Messages));
        await UntilRestAsync();
        await FailuresAsync(0);
    }

    [Fact]
    public async Task Should_take_one_of_two_processes_that_edit_it()
    {
        var process = await StartAsync(NoRetries);
        var other = await StartAsync(NoRetries);
        for (var round = 1; round <= 5; round++)
        {
            _fails = true;
            await process.SendAsync(JobConsumer.Queue, new Job(0));
            var failed = (await FailuresAsync(1))[0];
            var body = await AskAsync<byte[]>("SELECT body FROM failed_messages");
            _fails = false;

            var taken = await Task.WhenAll(
                process.Get<IFailedMessages>().RetryAsync(failed, Edited(body, 2 * round), Token),
                other.Get<IFailedMessages>().RetryAsync(failed, Edited(body, (2 * round) + 1), Token));

            Assert.Single(taken, isTaken => isTaken);
            await UntilAsync("it is done", async _ => await AskAsync<long>("SELECT count(*) FROM effects") == round);
            await UntilRestAsync();
            Assert.Equal(1, await AskAsync<long>($"SELECT count(*) FROM effects WHERE number = {(2 * round) + (taken[0] ? 0 : 1)}"));
            await FailuresAsync(0);
        }
    }

    [Fact]
    public async Task Should_drop_one()
    {
        var process = await StartAsync(NoRetries);
        await process.SendAsync(JobConsumer.Queue, new Job(1));
        var failed = (await FailuresAsync(1))[0];

        Assert.True(await process.Get<IFailedMessages>().DropAsync(failed, Token));
        Assert.False(await process.Get<IFailedMessages>().DropAsync(failed, Token));
        await FailuresAsync(0);
    }

    private async Task<List<Guid>> FailuresAsync(int count)
    {
        await UntilAsync($"{count} are kept", async _ => await AskAsync<long>("SELECT count(*) FROM failed_messages") == count);
        return await ListAsync<Guid>("SELECT id FROM failed_messages");
    }

    private static JsonElement Edited(byte[] envelope, int number)
    {
        var edited = JsonNode.Parse(envelope)!;
        edited["message"]!["number"] = number;
        return JsonElement.Parse(edited.ToJsonString());
    }
}
