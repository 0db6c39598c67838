namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>A workload with its rates of the last 15 minutes.</summary>
/// <param name="Probe">The workload.</param>
/// <param name="Figures">How it is now.</param>
/// <param name="At">When that was.</param>
/// <param name="Rates">Done a second, one for each 5 s, oldest first; at most <see cref="Slots"/>.</param>
internal sealed record SampledWorkload(IWorkloadProbe Probe, WorkloadFigures Figures, DateTimeOffset At, IReadOnlyList<double> Rates)
{
    /// <summary>Rates of 15 minutes, one each 5 s.</summary>
    public const int Slots = 180;

    private const int SecondsOfSlot = 5;

    /// <summary>Done a second, over the last two samples; 0 before there are two.</summary>
    public double Rate => Rates.Count == 0 ? 0 : Rates[^1];

    /// <summary>The workload after one more sample.</summary>
    public SampledWorkload Next(WorkloadFigures figures, DateTimeOffset at)
    {
        var seconds = (at - At).TotalSeconds;
        // Less than before is a new beginning: what is there was done since.
        var done = figures.Done >= Figures.Done ? figures.Done - Figures.Done : figures.Done;
        var rate = seconds > 0 ? done / seconds : 0;
        // A sample that came late fills its whole time.
        var filled = Math.Clamp((int)Math.Round(seconds / SecondsOfSlot), 1, Slots);
        return this with { Figures = figures, At = at, Rates = [.. Rates.Concat(Enumerable.Repeat(rate, filled)).TakeLast(Slots)] };
    }
}
