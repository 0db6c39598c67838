using System.Diagnostics;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Telemetry;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Outbox;

namespace BusIngest.Specs.Telemetry;

/// <summary>What it costs that one could listen: nothing. Alone, as another spec's listener is everyone's.</summary>
[Collection(nameof(AloneCollection))]
public sealed class NoListenerSpecs : Spec
{
    [Fact]
    public async Task Should_note_nothing_of_a_request_that_nobody_traces()
    {
        Assert.False(Tracing.IsOn);
        var lane = new ManualLane { Answers = true };
        var outbox = new CoalescingOutbox(
            [new ChunkFormat<Note, NotesTaken>(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records))], lane, new OutboxOptions(), TimeProvider.System);
        // As ASP.NET makes one for every request.
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags |= ActivityTraceFlags.Recorded;

        await outbox.PublishAsync(new Note(1), Token);

        Assert.Null(Assert.Single(lane.Sent).Trace);
    }

    [Fact]
    public void Should_make_no_garbage()
    {
        using var request = new Activity("request").Start();
        Assert.Null(RecordTraces.Note(null, 0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            RecordTraces.Note(null, i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
