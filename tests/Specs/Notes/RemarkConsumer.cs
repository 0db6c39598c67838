using MassTransit;

namespace BusIngest.Specs.Notes;

/// <summary>Consumes remarks at the endpoint `remarks`, as the test steers it, and answers requests.</summary>
internal sealed class RemarkConsumer(RemarkListener listener) : IConsumer<Remark>
{
    public async Task Consume(ConsumeContext<Remark> context)
    {
        listener.Hear(context.Message);
        if (context.RequestId is not null)
            await context.RespondAsync(new RemarkHeard(context.Message.Text));
    }
}
