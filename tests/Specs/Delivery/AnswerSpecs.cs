using BusIngest.Bus.Delivery;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using BusIngest.Specs.Storage;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Delivery;

/// <summary>Answers to requests, which tell of what is committed.</summary>
public sealed class AnswerSpecs : Spec
{
    private readonly Stations _stations = new();

    [Fact]
    public async Task Should_answer_after_the_commit_only()
    {
        var process = await StartAsync();
        Task<string> asking;
        await using (new HeldWriter(process.MainFile.Writer))
        {
            asking = AskAsync(process, "a");
            await UntilAsync("It is in hand", () => _stations.Relay.Heard.Count == 1);
            // The consumer has answered for long when a message that came later has been through.
            await UntilAsync("It waits for its commit", () => Volatile.Read(ref _answered) == 1);
            Assert.False(asking.IsCompleted);
            Assert.Equal(0, process.CountEffects());
        }

        Assert.Equal("a", await Soon(asking));
        Assert.Equal(1, process.CountEffects());
    }

    [Fact]
    public async Task Should_answer_with_a_fault_and_not_with_the_answer_when_the_commit_fails()
    {
        var process = await StartAsync();
        _stations.Relay.Work = async (context, text) =>
        {
            await context.RespondAsync(new ErrandDone(text));
            context.Transaction().Write(1, _ => throw new FormatException("on the writer"));
        };

        var fault = await Assert.ThrowsAsync<RequestFaultException>(() => AskAsync(process, "a"));

        Assert.Contains("on the writer", fault.Fault!.Exceptions[0].Message, StringComparison.Ordinal);
        Assert.Equal(0, process.CountEffects());
    }

    [Fact]
    public async Task Should_answer_with_a_fault_when_the_consumer_throws_after_it_has_answered()
    {
        var process = await StartAsync();
        _stations.Relay.Work = async (context, text) =>
        {
            await context.RespondAsync(new ErrandDone(text));
            throw new FormatException("after the answer");
        };

        var fault = await Assert.ThrowsAsync<RequestFaultException>(() => AskAsync(process, "a"));

        Assert.Contains("after the answer", fault.Fault!.Exceptions[0].Message, StringComparison.Ordinal);
    }

    private int _answered;

    private async Task<BusProcess> StartAsync()
    {
        _stations.Relay.Work = async (context, text) =>
        {
            await context.RespondAsync(new ErrandDone(text));
            Interlocked.Increment(ref _answered);
        };
        return Own(await RelayProcess.StartAsync(Folder, RelayProcess.With(_stations)));
    }

    private static async Task<string> AskAsync(BusProcess process, string text)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IClientFactory>().CreateRequestClient<Errand>(new Uri("queue:relay"));
        return (await client.GetResponse<ErrandDone>(new Errand(text), Token)).Message.Text;
    }
}
