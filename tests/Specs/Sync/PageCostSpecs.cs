using System.Globalization;
using System.Text;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Specs.Sync;

/// <summary>What a page costs, whatever is in it. CPU time and allocations are this thread's: a busy machine does not matter.</summary>
public sealed class PageCostSpecs
{
    private const int Mebi = 1 << 20;
    private static readonly SourceDefinition Definition = new() { BaseUrl = "http://localhost" };

    [Fact]
    public async Task Should_read_a_large_event_in_proportion_to_its_bytes_however_small_its_pieces_are()
    {
        const int pieces = 4_096;
        // Warm.
        await TimeAsync(Large(2 * Mebi), pieces);
        var (one, four) = (await TimeAsync(Large(4 * Mebi), pieces), await TimeAsync(Large(16 * Mebi), pieces));

        // Looked at from its start at each read, these are 32 GiB: minutes. The bound is for a busy machine.
        Assert.True(four < 40 * Math.Max(one, 50), $"{one} ms for 4 MiB, {four} ms for 16 MiB");
    }

    [Theory]
    [InlineData("{\"data\":[", "0,", "]}", "things that are no events")]
    [InlineData("{\"data\":[", "[],", "]}", "things that are no events")]
    [InlineData("{\"data\":[", "{},", "]}", "things that are no events")]
    public async Task Should_not_keep_what_is_no_event_without_end(string before, string item, string after, string error)
    {
        var page = Repeat(before, item, 4 * Mebi, after);
        var allocated = GC.GetTotalAllocatedBytes();

        var failure = await Assert.ThrowsAsync<PageFormatException>(() => ReadAsync(page, 64 << 10, new PageLimits()));

        Assert.Equal(FormatTrouble.TooMuch, failure.Trouble);
        Assert.Contains(error, failure.Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - allocated < 64 * Mebi, "What is no event takes too much memory");
    }

    [Fact]
    public async Task Should_not_keep_events_without_end()
    {
        var page = Repeat("{\"data\":[", "{\"id\":1,\"timestamp\":1},", 4 * Mebi, "]}");

        var failure = await Assert.ThrowsAsync<PageFormatException>(() => ReadAsync(page, 64 << 10, new PageLimits { Items = 1_000 }));

        Assert.Equal("the page has more than 1000 events", failure.Message);
    }

    [Theory]
    [InlineData("{\"pagination\":{", "\"aaaaaaaaaaaaaaaaaaaa\":1,", "\"hasMore\":false},\"data\":[]}")]
    [InlineData("{\"other\":", "{\"a\":", "")]
    [InlineData("{\"other\":", "[", "")]
    [InlineData("{\"data\":[{\"x\":", "{\"a\":", "")]
    public async Task Should_pass_over_many_names_and_deep_nests_in_proportion_to_their_bytes(string before, string item, string after)
    {
        await TimeAsync(Repeat(before, item, Mebi, after), 64 << 10);
        var (one, eight) = (await TimeAsync(Repeat(before, item, 2 * Mebi, after), 64 << 10), await TimeAsync(Repeat(before, item, 16 * Mebi, after), 64 << 10));

        Assert.True(eight < 20 * Math.Max(one, 10), $"{one} ms for 2 MiB, {eight} ms for 16 MiB");
    }

    [Fact]
    public async Task Should_end_between_events_when_it_is_not_wanted_any_more()
    {
        using var stopping = new CancellationTokenSource();
        var page = Repeat("{\"data\":[", "{\"id\":1,\"timestamp\":1},", 2 * Mebi, "]}");
        var pieces = Pieces(page, page.Length / 2).Select((piece, i) =>
        {
            if (i == 1)
                stopping.Cancel();
            return piece;
        });

        await using var stream = new PiecedStream(pieces);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PageReading.ReadAsync(stream, Definition, new PageLimits(), stopping.Token));
    }

    [Fact]
    public async Task Should_let_one_page_at_a_time_grow_beyond_the_memory_for_all()
    {
        using var all = new PagesInHand(1_000);
        using var first = all.Begin();
        var (second, third) = (all.Begin(), all.Begin());

        await first.CoverAsync(900, TestContext.Current.CancellationToken);
        await second.CoverAsync(5_000, TestContext.Current.CancellationToken);
        var waiting = third.CoverAsync(200, TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        await second.CoverAsync(9_000, TestContext.Current.CancellationToken);
        second.Dispose();
        await waiting;

        Assert.Equal(1_100, all.Used);
        third.Dispose();
        Assert.Equal(900, all.Used);
    }

    private static byte[] Large(int bytes) => Repeat("{\"data\":[{\"id\":\"a\",\"timestamp\":1,\"parts\":[", $"\"{new string('x', 1_000)}\",", bytes, "1]}]}");

    private static byte[] Repeat(string before, string item, int bytes, string after)
    {
        var text = new StringBuilder(before);
        while (text.Length < bytes)
            text.Append(item);
        return Encoding.UTF8.GetBytes(text.Append(after).ToString());
    }

    /// <summary>Milliseconds of CPU that the reading takes; what is no page is read as far as it goes.</summary>
    private static async Task<double> TimeAsync(byte[] page, int pieces)
    {
        var before = ThreadTime();
        var reading = ReadAsync(page, pieces, new PageLimits());
        var took = ThreadTime() - before;
        Assert.True(reading.IsCompleted, "Another thread did a part of it");
        try
        {
            await reading;
        }
        catch (PageFormatException)
        {
            // That is all.
        }

        return took;
    }

    /// <summary>Milliseconds of CPU that this thread has had: the first figure, in ns, of Linux' schedstat (Documentation/scheduler/sched-stats.rst).</summary>
    private static double ThreadTime() =>
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1_000_000.0;

    private static async Task ReadAsync(byte[] page, int pieces, PageLimits limits)
    {
        await using var stream = new PiecedStream(Pieces(page, pieces));
        using var read = await PageReading.ReadAsync(stream, Definition, limits);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] page, int length)
    {
        length = Math.Min(length, 128 << 10);
        for (var at = 0; at < page.Length; at += length)
            yield return page.AsMemory(at, Math.Min(length, page.Length - at));
    }
}
