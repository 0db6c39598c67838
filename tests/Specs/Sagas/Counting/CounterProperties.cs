using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using FsCheck.Fluent;

namespace BusIngest.Specs.Sagas.Counting;

public sealed class CounterProperties : CounterSpec
{
    [Fact]
    public async Task Should_count_exactly_whatever_fails_at_first()
    {
        var hooks = new CounterHooks { OnEvent = FailAtFirst };
        var process = Own(await StartAsync(hooks, new RetryOptions { Immediate = 15, Spaced = [] }));

        // Each event: its saga, and how it fails at its first try.
        var events = Gen.Zip(Gen.Choose(0, 2), Gen.Elements("ok", "ok", "ok", "throws", "is refused")).ListOf().Resize(40).ToArbitrary();
        await Properties.CheckAsync(
            Prop.ForAll(events, async drawn =>
            {
                var ids = new[] { Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid() };
                await Task.WhenAll(drawn.Select(one => SendAsync(process, new Counted(ids[one.Item1], $"{one.Item2} {Guid.NewGuid()}"))));
                for (var saga = 0; saga < ids.Length; saga++)
                {
                    var expected = drawn.Count(one => one.Item1 == saga);
                    await UntilCountsAsync(process, ids[saga], expected, expected);
                }

                await UntilNoSlotsAsync(process);
                Assert.Empty(process.Failures());
            }),
            examples: 25);
    }

    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private Task FailAtFirst(MassTransit.ConsumeContext context, string text)
    {
        lock (_gate)
        {
            if (text.StartsWith("ok", StringComparison.Ordinal) || !_failed.Add(text))
                return Task.CompletedTask;
        }

        if (text.StartsWith("throws", StringComparison.Ordinal))
            throw new FormatException("in the activity");
        context.Transaction().Write(1, _ => throw new FormatException("on the writer"));
        return Task.CompletedTask;
    }
}
