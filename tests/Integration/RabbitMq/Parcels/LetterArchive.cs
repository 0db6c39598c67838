using MassTransit;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>The queue `letters-archive`: another one that subscribes to letters.</summary>
internal sealed class LetterArchive(Post post) : IConsumer<Letter>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "letters-archive";

    public Task Consume(ConsumeContext<Letter> context)
    {
        post.Take(context, Queue, context.Message.Number);
        return Task.CompletedTask;
    }
}
