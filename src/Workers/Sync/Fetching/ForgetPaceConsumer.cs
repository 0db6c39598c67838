using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Storing;
using MassTransit;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Forgets what was learned of a source's pace, and lets its run know.</summary>
internal sealed class ForgetPaceConsumer(SyncClaims claims) : IConsumer<ForgetPace>
{
    public async Task Consume(ConsumeContext<ForgetPace> context)
    {
        var source = context.Message.Source;
        var run = await claims.FindRunAsync(source, context.CancellationToken) ?? Guid.Empty;
        context.Transaction().Write(1, session => session.ForgetPace(source), batch => batch.ForgetPace(source));
        var forgotten = new PaceForgotten(run, source);
        if (run != Guid.Empty)
            await context.Publish(forgotten);
        await context.RespondAsync(forgotten);
    }
}

/// <summary>The queue `sync-pace`.</summary>
internal sealed class ForgetPaceDefinition : ConsumerDefinition<ForgetPaceConsumer>
{
    public ForgetPaceDefinition() => EndpointName = "sync-pace";
}
