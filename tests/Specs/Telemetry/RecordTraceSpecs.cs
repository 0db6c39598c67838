using System.Diagnostics;
using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Telemetry;
using BusIngest.Specs.Inbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Outbox;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Telemetry;

/// <summary>Chunks are made of many callers' records, and belong to all their traces.</summary>
public sealed class RecordTraceSpecs : Spec
{
    private const string A = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string B = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01";
    private const string C = "00-2af7651916cd43dd8448eb211c80319c-d7ad6b7169203331-01";

    [Fact]
    public async Task Should_note_where_each_callers_records_begin()
    {
        using var spans = new SpanCollector();
        var lane = new ManualLane { Answers = false };
        var coalescer = new Coalescer<Note>("NotesTaken", NotesJson.Default.Note, lane, new OutboxOptions(), TimeProvider.System);
        var first = PublishAsync(coalescer, 2);
        var second = PublishAsync(coalescer, 2);
        await UntilAsync("The first two chunks are under way", () => lane.Sent.Count > 0);
        var third = PublishAsync(coalescer, 3);
        var fourth = PublishAsync(coalescer, 1);
        var all = Task.WhenAll(first.Task, second.Task, third.Task, fourth.Task);
        for (var answered = 0; !all.IsCompleted; await Task.Yield())
        {
            if (lane.Sent.Count > answered)
                lane.Sent[answered++].Succeed();
        }

        var noted = lane.Sent.SelectMany(sent => sent.Trace!.Split(RecordTraces.Separator)).Select(trace => trace.Split('@')[0]);
        Assert.Equal(new[] { first.Id, second.Id, third.Id, fourth.Id }.Order(StringComparer.Ordinal), noted.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData(A, 0, A)]
    [InlineData(A, 63, A)]
    [InlineData($"{A};{B}@2;{C}@3", 1, A)]
    [InlineData($"{A};{B}@2;{C}@3", 2, B)]
    [InlineData($"{A};{B}@2;{C}@3", 9, C)]
    [InlineData($"{A}@2", 1, null)]
    [InlineData($"{A};{B}@x", 5, A)]
    public void Should_find_the_trace_of_a_record(string? traces, int place, string? expected) => Assert.Equal(expected, RecordTraces.Of(traces, place));

    [Fact]
    public void Should_put_traces_together_when_rows_travel_as_one()
    {
        Assert.Null(RecordTraces.Join([null, null]));
        Assert.Equal($"{A};{B};{C}", RecordTraces.Join([$"{A};{B}@2", null, C, A]));
    }

    [Fact]
    public async Task Should_hang_on_the_first_caller_and_be_linked_to_the_others()
    {
        using var spans = new SpanCollector();
        var readers = new NoteReaders();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(readers)));
        Activity? seen = null;
        readers.Alpha.Work = _ =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        };

        await process.Inbox.AppendAsync(InboxFile.Entry() with { Trace = $"{A};{B}@1;{C}@7" }, Token);

        await UntilAsync("It is consumed", () => seen is not null);
        Assert.Equal(A, $"00-{seen!.TraceId}-{seen.ParentSpanId}-01");
        Assert.Equal([B, C], seen.Links.Select(link => $"00-{link.Context.TraceId}-{link.Context.SpanId}-01"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_outlive_the_process_that_took_the_records_in()
    {
        using var spans = new SpanCollector();
        var parking = Own(await BusProcess.StartAsync(Folder, new BusSetup
        {
            Services = services => services.AddChunk(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records)),
        }));
        await parking.Inbox.AppendAsync(InboxFile.Entry() with { Trace = A }, Token);
        await parking.DisposeAsync();

        var readers = new NoteReaders();
        Activity? seen = null;
        readers.Alpha.Work = _ =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        };
        Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(readers)));

        await UntilAsync("It is consumed", () => seen is not null);
        Assert.Equal(A, $"00-{seen!.TraceId}-{seen.ParentSpanId}-01");
    }

    [Fact]
    public async Task Should_begin_a_trace_of_its_own_where_a_message_brings_none()
    {
        using var spans = new SpanCollector();
        var readers = new NoteReaders();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(readers)));
        Activity? seen = null;
        readers.Alpha.Work = _ =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        };

        await process.PublishEachAsync(1);

        await UntilAsync("It is consumed", () => seen is not null);
        Assert.Equal((default, 0), (seen!.ParentSpanId, seen.Links.Count()));
    }

    private static (Task Task, string Id) PublishAsync(Coalescer<Note> coalescer, int count)
    {
        using var span = Tracing.Source.StartActivity("test")!;
        var notes = Enumerable.Range(0, count).Select(number => new Note(number)).ToArray();
        return (coalescer.PublishAsync(notes, Token), span.Id!);
    }
}
