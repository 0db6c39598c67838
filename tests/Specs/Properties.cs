using BusIngest.Support;
using FsCheck;

namespace BusIngest.Specs;

/// <summary>Checks properties by drawn examples. A failure shows the smallest one, and BUSINGEST_SEED repeats a run.</summary>
internal static class Properties
{
    /// <summary>Checks a property on a thread of its own, as it may wait.</summary>
    /// <param name="property">What must hold.</param>
    /// <param name="examples">How many examples are drawn.</param>
    public static async Task CheckAsync(Property property, int examples)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Seed.Hint);
        var random = Seed.RandomFor(TestContext.Current.Test?.TestDisplayName ?? "");
        var replay = new Replay(new Rnd(unchecked((ulong)random.NextInt64()), gamma: unchecked((ulong)random.NextInt64() | 1)), size: null);
        var config = Config.QuickThrowOnFailure.WithMaxTest(examples).WithReplay(replay);
        await Task.Run(() => Check.One(config, property), TestContext.Current.CancellationToken);
    }
}
