using System.Text;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>A test of an outbox with a fallback, over a clock that stands still until the test advances it.</summary>
public abstract class FallbackSpec : Spec
{
    private protected ScriptedLane Lane { get; } = new();

    private protected FakeClock Clock { get; } = new();

    private protected async Task<FallbackProcess> OpenAsync(FallbackSetup? setup = null) => Own(await FallbackProcess.OpenAsync(Folder, Lane, Clock, setup));

    private protected async Task<FallbackProcess> StartAsync(FallbackSetup? setup = null) => Own(await FallbackProcess.StartAsync(Folder, Lane, Clock, setup));

    /// <summary>A chunk of one note.</summary>
    private protected static OutboxChunk Chunk(int number) =>
        new(Guid.CreateVersion7(FakeClock.Start), nameof(NotesTaken), 1, Encoding.UTF8.GetBytes($$"""[{"number":{{number}},"text":""}]"""));

    /// <summary>Has the breaker open by failures.</summary>
    private protected async Task BreakAsync(FallbackProcess process)
    {
        Lane.Script = LaneScript.Fail;
        for (var failure = 0; process.Breaker.Circuit == Circuit.Closed; failure++)
        {
            Assert.InRange(failure, 0, 100);
            await Soon(process.Chunks.SendAsync(Chunk(-failure), Token));
        }
    }

    /// <summary>Lets time pass until the condition holds.</summary>
    private protected Task PassUntilAsync(string what, Func<bool> condition) => UntilAsync(what, () =>
    {
        if (condition())
            return true;
        Clock.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    });
}
