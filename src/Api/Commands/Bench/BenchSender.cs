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
        var goesOn = true;
        while (goesOn && await IsTurnAsync(cancellationToken))
        {
            request.Clear();
            workload.Draw(request, options.Batch);
            goesOn = await PostAsync(request, cancellationToken);
        }
    }

    /// <summary>Waits until the pace allows another request.</summary>
    /// <returns>Whether it does before the end.</returns>
    private async Task<bool> IsTurnAsync(CancellationToken cancellationToken)
    {
        if (options.Rate == 0)
            return Left > TimeSpan.Zero;

        var turn = TimeSpan.FromSeconds((double)(Interlocked.Increment(ref _drawn) - 1) * options.Batch / options.Rate);
        return await PauseAsync(turn - Elapsed, cancellationToken);
    }

    /// <summary>Posts until it is known what came of it, or not to be known.</summary>
    /// <returns>Whether there is time for another one.</returns>
    private async Task<bool> PostAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var isUnknown = false;
        while (true)
        {
            var answer = await client.SendAsync(HttpMethod.Post, workload.Route, request.Body.WrittenMemory, cancellationToken);
            tally.Note(answer, request.Numbers.Count);
            if (answer.IsSuccess)
            {
                workload.Accept(request, answer);
                return true;
            }

            if (answer.IsFinal)
                throw new CommandException($"POST /{workload.Route}: {answer.Reason}");
            isUnknown |= !answer.IsDeferred;
            if (!IsSentAgain(isUnknown, answer.Pause))
            {
                GiveUp(request, isUnknown);
                return await PauseAsync(answer.Pause, cancellationToken);
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

    /// <summary>Waits, but not beyond the end.</summary>
    /// <returns>Whether it ended before that: by its length, as a delay may be some milliseconds short.</returns>
    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var left = Left;
        var wait = pause < left ? pause : left;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        return left > TimeSpan.Zero && pause < left;
    }
}
