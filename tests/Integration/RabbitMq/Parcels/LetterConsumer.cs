using MassTransit;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>The queue `letters`; answers requests.</summary>
internal sealed class LetterConsumer(Post post) : IConsumer<Letter>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "letters";

    public async Task Consume(ConsumeContext<Letter> context)
    {
        post.Take(context, Queue, context.Message.Number);
        if (context.RequestId is not null)
            await context.RespondAsync(new LetterRead(context.Message.Number));
    }
}
