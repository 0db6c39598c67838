using System.Text;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover.Recovery;
using BusIngest.Bus.Transports;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Relays;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Outbox.Failover;

public sealed class RowMergerProperties
{
    private const int MaxRecords = 20;
    private const int MaxBytes = 600;

    private static readonly RowMerger Merger = new(
        [
            new ChunkFormat<Note, NotesTaken>(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records)),
            new RecordFormat<Errand>(RelayJson.Default.Errand, RelayJson.Default.ErrandArray),
        ],
        new OutboxOptions { MaxChunkRecords = MaxRecords, MaxChunkBytes = MaxBytes });

    /// <summary>Rows by how many notes are in each; 0: something else.</summary>
    private static readonly Arbitrary<int[]> Sizes = Gen.Frequency((8, Gen.Choose(1, 3)), (1, Gen.Choose(10, 40)), (1, Gen.Constant(0))).ArrayOf().ToArbitrary();

    [Fact]
    public Task Should_lose_and_double_no_row_and_no_record() => CheckAsync((rows, messages) =>
    {
        Assert.Equal(rows.Select(row => row.Seq), messages.SelectMany(message => message.Rows).Select(row => row.Seq).Order());
        Assert.Equal(rows.Where(IsNotes).SelectMany(row => Numbers(row.Body)), messages.Where(IsNotes).SelectMany(message => Numbers(message.Entry.Body.Span)));
        Assert.All(messages, message => Assert.Equal(message.Rows.Sum(row => row.Records), message.Entry.Records));
    });

    [Fact]
    public Task Should_hold_the_bounds_of_a_chunk_but_for_a_row_that_is_larger() => CheckAsync((_, messages) => Assert.All(
        messages.Where(message => message.Rows.Count > 1), message =>
        {
            Assert.InRange(message.Entry.Records, 2, MaxRecords);
            Assert.InRange(message.Entry.Body.Length, 1, MaxBytes);
        }));

    [Fact]
    public Task Should_leave_the_id_of_a_lone_row_and_give_the_same_rows_the_same_id() => CheckAsync((rows, messages) =>
    {
        Assert.All(messages.Where(message => message.Rows.Count == 1), message => Assert.Equal(message.Rows[0].MessageId, message.Entry.MessageId));
        Assert.Equal(messages.Select(message => message.Entry.MessageId), Merger.Merge(rows, _ => false).Select(message => message.Entry.MessageId));
        Assert.Equal(messages.Count, messages.DistinctBy(message => message.Entry.MessageId).Count());
    });

    [Fact]
    public Task Should_leave_alone_what_is_to_travel_alone() => Properties.CheckAsync(
        Prop.ForAll(Sizes, sizes => Assert.All(Merger.Merge(Rows(sizes), _ => true), message => Assert.Single(message.Rows))), examples: 50);

    private static Task CheckAsync(Action<List<InboxMessage>, IReadOnlyList<ParkedMessage>> holds) => Properties.CheckAsync(
        Prop.ForAll(Sizes, sizes =>
        {
            var rows = Rows(sizes);
            holds(rows, Merger.Merge(rows, _ => false));
        }),
        examples: 100);

    private static List<InboxMessage> Rows(int[] sizes)
    {
        var next = 0;
        return [.. sizes.Select((size, i) => Row(i, size, Enumerable.Range((next += size) - size, size)))];
    }

    private static InboxMessage Row(int seq, int size, IEnumerable<int> numbers) => new()
    {
        Seq = seq,
        MessageId = Guid.CreateVersion7(FakeClock.Start),
        MessageType = size == 0 && seq % 2 == 0 ? nameof(Errand) : nameof(NotesTaken),
        Endpoint = size == 0 && seq % 2 == 1 ? "alpha" : null,
        Records = Math.Max(1, size),
        ContentType = StoredBody.Records,
        Body = Encoding.UTF8.GetBytes(size == 0 ? """[{"text":"?"}]""" : $"[{string.Join(',', numbers.Select(number => $$"""{"number":{{number}}}"""))}]"),
    };

    private static bool IsNotes(InboxMessage row) => row.Endpoint is null && row.MessageType is nameof(NotesTaken);

    private static bool IsNotes(ParkedMessage message) => message.Rows.All(IsNotes);

    private static List<int> Numbers(ReadOnlySpan<byte> body) =>
        System.Text.Json.JsonSerializer.Deserialize(body, NotesJson.Default.NoteArray)!.Select(note => note.Number).ToList();
}
