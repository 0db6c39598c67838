using System.Buffers;
using BusIngest.Api.Commands.Events;

namespace BusIngest.Api.Commands.Bench;

/// <summary>
/// Events of accounts that no other run has, some of them sent again: in the same request, or in one that may overtake the first. The summaries tell which are stored.
/// </summary>
/// <param name="client">Asks for them.</param>
/// <param name="options">What they are like.</param>
/// <param name="duplicates">Which share of what is sent is a repeat.</param>
internal sealed class EventBench(BenchClient client, SampleOptions options, double duplicates) : IBenchWorkload
{
    private readonly EventSamples _samples = new(options);
    private readonly SampleWriter _writer = new(options.AccountPrefix);
    private readonly EventOutcomes _outcomes = new();
    private int _next;
    private long _requests;

    /// <inheritdoc />
    public string Route => "events";

    /// <inheritdoc />
    public string Records => "events";

    /// <inheritdoc />
    public bool CanRepeat => true;

    /// <inheritdoc />
    public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Draw(BenchRequest request, int records)
    {
        var random = new SampleRandom(options.Seed, Interlocked.Increment(ref _requests));
        var numbers = request.Numbers;
        while (numbers.Count < records)
        {
            if (Volatile.Read(ref _next) is > 0 and var known && random.NextDouble() < duplicates)
                numbers.Add(numbers.Count > 0 && random.Below(2) == 0 ? numbers[^1] : random.Below(known));
            else
                numbers.Add(Interlocked.Increment(ref _next) - 1);
        }

        Write(request);
    }

    /// <inheritdoc />
    public void Accept(BenchRequest request, BenchAnswer answer) => _outcomes.Accept(request.Numbers);

    /// <inheritdoc />
    public void Lose(BenchRequest request) => _outcomes.Lose(request.Numbers);

    /// <inheritdoc />
    public Task<BenchLedger> CompareAsync(BenchTally tally, BenchDrain drain, CancellationToken cancellationToken)
    {
        var accepted = new ExpectedSummary[options.Accounts];
        for (var account = 0; account < accepted.Length; account++)
            accepted[account] = new ExpectedSummary();
        var unknown = new long[options.Accounts];
        for (var number = 0; number < _next; number++)
        {
            var sample = _samples[number];
            if (_outcomes.IsAccepted(number))
                accepted[sample.Account].Add(sample);
            else if (_outcomes.IsUnknown(number))
                unknown[sample.Account]++;
        }

        return new EventLedger(client, _writer, _samples.Bounds, drain).CompareAsync(accepted, unknown, cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> TidyAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    private void Write(BenchRequest request)
    {
        request.Body.Write("{\"events\":["u8);
        foreach (var (i, number) in request.Numbers.Index())
        {
            if (i > 0)
                request.Body.Write(","u8);
            _writer.Write(request.Body, _samples[number]);
        }

        request.Body.Write("]}"u8);
    }
}
