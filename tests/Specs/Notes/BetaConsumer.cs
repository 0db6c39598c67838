using MassTransit;

namespace BusIngest.Specs.Notes;

internal sealed class BetaConsumer(NoteReaders readers) : IConsumer<NotesTaken>
{
    public Task Consume(ConsumeContext<NotesTaken> context) => readers.Beta.ConsumeAsync(context);
}
