using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Failures;

/// <summary>A test of messages that are given up: notes at the endpoint `alpha`, remarks at the endpoint `remarks`.</summary>
public abstract class FailureSpec : Spec
{
    private protected NoteReader Alpha => Readers.Alpha;

    private protected RemarkListener Remarks { get; } = new();

    private NoteReaders Readers { get; } = new();

    /// <summary>A process on the test's directory; another one may follow it.</summary>
    private protected async Task<BusProcess> StartAsync(RetryOptions? retry = null)
    {
        var setup = NoteProcess.WithAlpha(Readers);
        return Own(await BusProcess.StartAsync(Folder, setup with
        {
            Options = retry is null ? setup.Options : setup.Options with { Retry = retry },
            Services = services =>
            {
                setup.Services(services);
                services.AddSingleton(Remarks);
            },
            Consumers = bus =>
            {
                setup.Consumers(bus);
                bus.AddConsumer<RemarkConsumer>().Endpoint(endpoint => endpoint.Name = "remarks");
            },
        }));
    }

    /// <summary>Makes the consumer of notes give up.</summary>
    private protected void Break() => Alpha.Work = _ => throw new FormatException("on purpose");

    /// <summary>Makes it work again.</summary>
    private protected void Mend() => Alpha.Work = _ => Task.CompletedTask;

    /// <summary>Publishes a note that fails, and gives its failure.</summary>
    private protected async Task<FailedMessage> FailAsync(BusProcess process, int number = 1)
    {
        Break();
        var before = process.Failures().Count;
        await process.PublishEachAsync(number);
        await UntilAsync("It is given up", () => process.Failures().Count > before && process.Inbox.Status.Messages == 0);
        return process.Failures()[^1];
    }

    private protected static async Task SendAsync(BusProcess process, string endpoint, object message, IMessageSerializer? serializer = null)
    {
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri($"queue:{endpoint}"));
        await queue.Send(message, context => context.Serializer = serializer ?? context.Serializer, Token);
    }

    /// <summary>Waits until so many failures are kept, and gives them.</summary>
    private protected static async Task<List<FailedMessage>> FailuresAsync(BusProcess process, int count)
    {
        await UntilAsync(
            $"{count} failures are kept and nothing waits",
            _ => Task.FromResult((process.Failures().Count, process.Inbox.Status.Messages)),
            seen => seen == (count, 0));
        return process.Failures();
    }
}
