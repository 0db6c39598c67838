using MassTransit;
using MassTransit.Scheduling;

namespace BusIngest.Specs.Timers.Machine;

/// <summary>Keeps what is put off, and sends nothing.</summary>
internal sealed class RecordingScheduler : IScheduleMessageProvider
{
    private readonly List<ScheduledSend> _sends = [];
    private readonly List<Guid> _cancelled = [];

    /// <summary>All that was ever put off, in order.</summary>
    public IReadOnlyList<ScheduledSend> Sends => _sends;

    /// <summary>The tokens of what was cancelled, in order.</summary>
    public IReadOnlyList<Guid> Cancelled => _cancelled;

    public Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        Assert.Equal(DateTimeKind.Utc, scheduledTime.Kind);
        var send = new ScheduledSend(Guid.NewGuid(), message, new DateTimeOffset(scheduledTime));
        _sends.Add(send);
        return Task.FromResult<ScheduledMessage<T>>(new ScheduledMessageHandle<T>(send.Token, scheduledTime, destinationAddress, message));
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        _cancelled.Add(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        CancelScheduledSend(tokenId, cancellationToken);
}
