namespace BusIngest.Api.Commands.Bench;

/// <summary>Sends request after request on every connection until the time is over, and then what nobody knows the outcome of.</summary>
/// <param name="options">How much.</param>
/// <param name="workload">What.</param>
/// <param name="client">Sends it.</param>
/// <param name="tally">Notes what comes of it.</param>
/// <param name="time">The clock.</param>
internal sealed class BenchSender(BenchOptions options, IBenchWorkload workload, BenchClient client, BenchTally tally, TimeProvider time)
{
    private long _begun;
    private long _drawn;

    /// <summary>Since when.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begun);

    private TimeSpan Left => options.Duration - Elapsed;

    /// <summary>Sends.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="CommandException">The service refuses for good.</exception>
    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        _begun = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => SendAsync(cancellationToken), cancellationToken)));
        return Elapsed;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var request = new BenchRequest();
        while (await IsTurnAsync(cancellationToken))
        {
            request.Clear();
            workload.Draw(request, options.Batch);
            await PostAsync(request, cancellationToken);
        }
    }

    /// <summary>Waits until the pace allows another request.</summary>
    /// <returns>Whether it does before the end.</returns>
    private async Task<bool> IsTurnAsync(CancellationToken cancellationToken)
    {
        if (options.Rate == 0)
            return Left > TimeSpan.Zero;

        var turn = TimeSpan.FromSeconds((double)(Interlocked.Increment(ref _drawn) - 1) * options.Batch / options.Rate);
        await PauseAsync(turn - Elapsed, cancellationToken);
        return turn < options.Duration;
    }

    private async Task PostAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var isUnknown = false;
        while (true)
        {
            var answer = await client.SendAsync(HttpMethod.Post, workload.Route, request.Body.WrittenMemory, cancellationToken);
            tally.Note(answer, request.Numbers.Count);
            if (answer.IsSuccess)
            {
                workload.Accept(request, answer);
                return;
            }

            if (answer.IsFinal)
                throw new CommandException($"POST /{workload.Route}: {answer.Reason}");
            isUnknown |= !answer.IsDeferred;
            if (!IsSentAgain(isUnknown, answer.Pause))
            {
                GiveUp(request, isUnknown);
                await PauseAsync(answer.Pause, cancellationToken);
                return;
            }

            await Task.Delay(answer.Pause, time, cancellationToken);
        }
    }

    /// <summary>What was refused, as long as the time is not over; what may have been taken, until it is known.</summary>
    private bool IsSentAgain(bool isUnknown, TimeSpan pause) =>
        isUnknown ? workload.CanRepeat && pause < Left + options.Patience : pause < Left;

    private void GiveUp(BenchRequest request, bool isUnknown)
    {
        if (!isUnknown)
            return;

        tally.Lose(request.Numbers.Count);
        workload.Lose(request);
    }

    /// <summary>Not beyond the end, and not short of it: a delay leaves parts of a millisecond out.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var wait = pause < Left ? pause : Left;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, cancellationToken);
    }
}
