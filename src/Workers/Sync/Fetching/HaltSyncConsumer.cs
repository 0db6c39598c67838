using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Storing;
using MassTransit;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Takes a run's checkpoint away from whoever works at it: the page in hand is not stored any more.</summary>
internal sealed class HaltSyncConsumer(TimeProvider time) : IConsumer<HaltSync>
{
    public Task Consume(ConsumeContext<HaltSync> context)
    {
        var message = context.Message;
        var claim = SyncClaims.Claim(message.Source, message.RunId, message.Epoch, message.Stretch, holder: null, time.GetUtcNow());
        context.Transaction().Write(
            1, session => session.Claim(claim, fromFirstPage: false, forgetPace: false), batch => batch.Claim(claim, fromFirstPage: false, forgetPace: false));
        return Task.CompletedTask;
    }
}

/// <summary>The queue `sync-halt`.</summary>
internal sealed class HaltSyncDefinition : ConsumerDefinition<HaltSyncConsumer>
{
    public HaltSyncDefinition() => EndpointName = "sync-halt";
}
