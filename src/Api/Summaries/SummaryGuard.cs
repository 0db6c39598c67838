using BusIngest.Bus.Storage;
using BusIngest.Workers.Events;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace BusIngest.Api.Summaries;

/// <summary>
/// Keeps a slow database from taking everybody's time: a read has a deadline and is tried again after a pause, few are under way at once, and when most fail nobody
/// asks for two seconds. What can't be read so is a <see cref="StorageUnavailableException"/>, which is answered with 503.
/// </summary>
internal sealed class SummaryGuard : IDisposable
{
    private const int Retries = 2;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly ISummaryReader _reader;
    private readonly IMainDatabase _database;
    private readonly SemaphoreSlim _places;
    private readonly ResiliencePipeline<AccountSummary> _pipeline;

    public SummaryGuard(ISummaryReader reader, IMainDatabase database, SummaryOptions options, TimeProvider time)
    {
        _reader = reader;
        _database = database;
        _places = new SemaphoreSlim(options.MaxConcurrency);
        _pipeline = new ResiliencePipelineBuilder<AccountSummary> { TimeProvider = time }
            .AddTimeout(options.Timeout * 2)
            .AddRetry(new RetryStrategyOptions<AccountSummary>
            {
                MaxRetryAttempts = Retries,
                Delay = FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = outcome => ValueTask.FromResult(IsOutOfReach(outcome.Outcome.Exception)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<AccountSummary>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = Rest,
                ShouldHandle = outcome => ValueTask.FromResult(IsOutOfReach(outcome.Outcome.Exception)),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>Reads a summary.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read in time.</exception>
    public async Task<AccountSummary> ReadAsync(string accountId, DateTimeOffset from, DateTimeOffset to)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static (read, deadline) => read.Guard.TryAsync(read.accountId, read.from, read.to, deadline),
                (Guard: this, accountId, from, to));
        }
        catch (Exception exception) when (exception is BrokenCircuitException || IsOutOfReach(exception))
        {
            throw new StorageUnavailableException("Summaries can't be read in time: the database is slow, or away.", exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async ValueTask<AccountSummary> TryAsync(string accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken deadline)
    {
        await _places.WaitAsync(deadline);
        // A read that does not heed its deadline keeps its place until it is over.
        return await ReadAndLeaveAsync(accountId, from, to, deadline).WaitAsync(deadline);
    }

    private async Task<AccountSummary> ReadAndLeaveAsync(string accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken deadline)
    {
        try
        {
            return await _reader.ReadAsync(accountId, from, to, deadline);
        }
        finally
        {
            _places.Release();
        }
    }

    private bool IsOutOfReach(Exception? exception) => exception is StorageUnavailableException or TimeoutRejectedException
        || (exception is not null && (_database.IsAway(exception) || _database.IsAway(exception.GetBaseException())));
}
