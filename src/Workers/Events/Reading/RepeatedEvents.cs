using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Events.Reading;

/// <inheritdoc />
internal sealed class RepeatedEvents(EventsContext context) : IRepeatedEvents
{
    public async Task<int> CountAsync(Guid messageId, int first, int count, CancellationToken cancellationToken)
    {
        var places = await context.ReadAsync(() => context.Repeats
            .Where(row => row.MessageId == messageId).Select(row => row.Places).SingleOrDefaultAsync(cancellationToken));
        return places is null ? 0 : Places.Count(places, first, count);
    }
}
