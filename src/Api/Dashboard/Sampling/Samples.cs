using BusIngest.Bus.Copies;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>The last 15 minutes of every workload: one object for all who look, replaced as a whole with each sample.</summary>
internal sealed class Samples
{
    private volatile SampleSet _latest = new([], new Dictionary<string, long>(StringComparer.Ordinal), [], null, []);

    /// <summary>What was sampled last.</summary>
    public SampleSet Latest => _latest;

    /// <summary>Takes the place of what was sampled before.</summary>
    public void Replace(SampleSet samples) => _latest = samples;
}

/// <summary>What is known after a sample.</summary>
/// <param name="Workloads">Every workload.</param>
/// <param name="Failed">Failed messages, by endpoint.</param>
/// <param name="Copies">How far the copies in MongoDB are behind; empty where there are none.</param>
/// <param name="Trouble">Why the last sample could not be taken; null when it was.</param>
/// <param name="Ailing">What /health says of each part that is not healthy, in the words of what fails.</param>
internal sealed record SampleSet(
    IReadOnlyList<SampledWorkload> Workloads,
    IReadOnlyDictionary<string, long> Failed,
    IReadOnlyList<CopyLag> Copies,
    string? Trouble,
    IReadOnlyList<string> Ailing);
