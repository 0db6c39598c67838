using BusIngest.Api.Telemetry.Requests;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Events;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace BusIngest.Api.Summaries;

/// <summary>
/// Keeps a slow database, and an account that is slow to sum up, from taking everybody's time: a read has a deadline and is tried again after a pause, few are
/// under way at once, with a share for each account. When most fail nobody asks for two seconds; when one account's take too long, nobody asks for that one.
/// What can't be read so is a <see cref="StorageUnavailableException"/>, which is answered with 503.
/// </summary>
internal sealed class SummaryGuard
{
    private const int Retries = 2;

    /// <summary>All tries together take less than two times the deadline of one, so that the answer is there by then.</summary>
    private const double DeadlinesForAll = 1.9;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private static readonly ResiliencePropertyKey<AccountPlace> Account = new("account");

    private readonly ISummaryReader _reader;
    private readonly IMainDatabase _database;
    private readonly SummaryPlaces _places;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<AccountSummary> _pipeline;

    public SummaryGuard(ISummaryReader reader, IMainDatabase database, SummaryOptions options, TimeProvider time)
    {
        _reader = reader;
        _database = database;
        _places = new SummaryPlaces(options, time);
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<AccountSummary> { TimeProvider = time }
            .AddTimeout(options.Timeout * DeadlinesForAll)
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
                ShouldHandle = outcome => ValueTask.FromResult(SpeaksForAll(outcome.Outcome.Exception, outcome.Context)),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>Reads a summary.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read in time.</exception>
    public async Task<AccountSummary> ReadAsync(string accountId, DateTimeOffset from, DateTimeOffset to)
    {
        if (_places.Begin(accountId) is not { } account)
        {
            Refusals.Count("summary");
            throw new StorageUnavailableException("Summaries of this account take too long; it is asked again in a while.");
        }

        bool? inTime = null;
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        context.Properties.Set(Account, account);
        try
        {
            var summary = await _pipeline.ExecuteAsync(
                static (context, read) => read.Guard.TryAsync(read.account, read.from, read.to, context.CancellationToken),
                context,
                (Guard: this, account, from, to));
            inTime = true;
            return summary;
        }
        catch (Exception exception) when (exception is BrokenCircuitException || IsOutOfReach(exception))
        {
            Refusals.Count("summary");
            inTime = exception is TimeoutRejectedException ? false : null;
            throw new StorageUnavailableException("Summaries can't be read in time: the database is slow, or away.", exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _places.End(account, inTime);
        }
    }

    private async ValueTask<AccountSummary> TryAsync(AccountPlace account, DateTimeOffset from, DateTimeOffset to, CancellationToken deadline)
    {
        await _places.EnterAsync(account, deadline);
        // A read that does not heed its deadline keeps its place until it is over.
        return await ReadAndLeaveAsync(account, from, to, deadline).WaitAsync(deadline);
    }

    private async Task<AccountSummary> ReadAndLeaveAsync(AccountPlace account, DateTimeOffset from, DateTimeOffset to, CancellationToken deadline)
    {
        var begun = _time.GetTimestamp();
        try
        {
            return await _reader.ReadAsync(account.Id, from, to, deadline);
        }
        finally
        {
            _places.Leave(account, _time.GetElapsedTime(begun));
        }
    }

    /// <summary>That an account's summaries take too long says something of the database only where they did not before.</summary>
    private bool SpeaksForAll(Exception? exception, ResilienceContext context) => exception is TimeoutRejectedException
        ? context.Properties.TryGetValue(Account, out var account) && _places.IsNews(account)
        : IsOutOfReach(exception);

    private bool IsOutOfReach(Exception? exception) => exception is StorageUnavailableException or TimeoutRejectedException
        || (exception is not null && (_database.IsAway(exception) || _database.IsAway(exception.GetBaseException())));
}
