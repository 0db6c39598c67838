using System.Buffers;
using System.Text;
using System.Text.Json;
using BusIngest.Api.Commands.Events;
using BusIngest.Contracts.Events;

namespace BusIngest.Specs.Events.Commands;

public sealed class EventSamplesSpecs
{
    private const int Many = 50_000;

    private static readonly SampleOptions Options = new() { Seed = 1, Until = FakeClock.Start };

    [Fact]
    public void Should_make_the_same_events_of_the_same_seed_in_any_order()
    {
        var (forward, backward) = (new EventSamples(Options), new EventSamples(Options));

        var last = Enumerable.Range(0, 1_000).Select(i => backward[999 - i]).Reverse();

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => forward[i]), last);
        Assert.NotEqual(forward[0], new EventSamples(Options with { Seed = 2 })[0]);
    }

    [Fact]
    public void Should_give_every_event_an_id_of_its_own()
    {
        var samples = new EventSamples(Options);

        Assert.Equal(Many, Enumerable.Range(0, Many).Select(i => samples[i].Id).Distinct().Count());
    }

    [Fact]
    public void Should_spread_them_over_all_accounts_unevenly_and_over_all_hours()
    {
        var samples = new EventSamples(Options);
        var events = Enumerable.Range(0, Many).Select(i => samples[i]).ToList();
        var accounts = events.CountBy(sample => sample.Account).ToDictionary();

        Assert.Equal(500, accounts.Count);
        Assert.InRange(accounts[0], 5 * accounts[50], 500 * accounts[50]);
        Assert.Equal(7 * 24, events.Select(sample => sample.TimestampMs / 3_600_000).Distinct().Count());
        var (from, to) = samples.Bounds;
        Assert.All(events, sample => Assert.InRange(sample.TimestampMs, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds() - 1));
        Assert.Equal(EventTypes.Count, events.Select(sample => sample.Type).Distinct().Count());
    }

    [Fact]
    public void Should_come_in_the_order_of_their_hours_when_it_is_known_how_many()
    {
        var samples = new EventSamples(Options with { Events = Many });

        var hours = Enumerable.Range(0, Many).Select(i => samples[i].TimestampMs / 3_600_000).ToList();

        Assert.Equal(hours.Order(), hours);
        Assert.Equal(7 * 24, hours.Distinct().Count());
    }

    [Fact]
    public void Should_give_a_whale_its_share()
    {
        var samples = new EventSamples(Options with { Whale = 0.5 });

        Assert.InRange(Enumerable.Range(0, Many).Count(i => samples[i].Account == 0), Many / 2, Many * 6 / 10);
    }

    [Fact]
    public void Should_write_what_the_service_reads()
    {
        var (samples, writer, buffer) = (new EventSamples(Options), new SampleWriter("acct-"), new ArrayBufferWriter<byte>());
        for (var number = 0; number < 1_000; number++)
        {
            var sample = samples[number];
            buffer.ResetWrittenCount();
            writer.Write(buffer, sample);

            var read = JsonSerializer.Deserialize(buffer.WrittenSpan, EventsJson.Default.RecordedEvent)!;

            Assert.Equal(
                (sample.Id.ToString(), writer.Account(sample.Account), SampleWriter.User(sample.User), sample.Type, sample.TimestampMs),
                (read.EventId, read.AccountId, read.UserId, read.Type, read.Timestamp.ToUnixTimeMilliseconds()));
            Assert.Equal(sample.Extra < 800, Encoding.UTF8.GetString(buffer.WrittenSpan).Contains("\"metadata\":{\"channel\":\"", StringComparison.Ordinal));
        }
    }
}
