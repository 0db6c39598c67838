using MassTransit;

namespace BusIngest.Specs.Notes;

internal sealed class AlphaConsumer(NoteReaders readers) : IConsumer<NotesTaken>
{
    public Task Consume(ConsumeContext<NotesTaken> context) => readers.Alpha.ConsumeAsync(context);
}
