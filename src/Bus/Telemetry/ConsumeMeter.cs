using MassTransit;

namespace BusIngest.Bus.Telemetry;

/// <summary>Measures what becomes of one kind of message at one endpoint.</summary>
internal sealed class ConsumeMeter
{
    private readonly KeyValuePair<string, object?>[] _message;
    private readonly KeyValuePair<string, object?>[] _consumed;
    private readonly KeyValuePair<string, object?>[] _repeated;
    private readonly KeyValuePair<string, object?>[] _failed;

    public ConsumeMeter(string endpoint, Type message)
    {
        _message =
        [
            BusMetrics.Tag("workload", WorkloadNames.Of(message)), BusMetrics.Tag("endpoint", endpoint), BusMetrics.Tag("message", message.Name),
        ];
        _consumed = [.. _message, BusMetrics.Tag("outcome", "consumed")];
        _repeated = [.. _message, BusMetrics.Tag("outcome", "repeated")];
        _failed = [.. _message, BusMetrics.Tag("outcome", "failed")];
    }

    /// <summary>A try begins.</summary>
    /// <param name="context">The message; ours have the time of their making in their ids.</param>
    /// <param name="now">The time.</param>
    public void Begin(ConsumeContext context, DateTimeOffset now)
    {
        if (!BusMetrics.ConsumeWait.Enabled || context.MessageId is not { Version: 7 } id || context.Headers.TryGetHeader(MessageHeaders.SchedulingTokenId, out _))
            return;

        BusMetrics.ConsumeWait.Record(Math.Max(0, (now - TimeOf(id)).TotalSeconds), _message);
    }

    /// <summary>A try committed.</summary>
    public void Consumed(TimeSpan duration, int records)
    {
        BusMetrics.ConsumeDuration.Record(duration.TotalSeconds, _consumed);
        BusMetrics.ConsumeRecords.Add(records, _message);
    }

    /// <summary>A message had its mark.</summary>
    public void Repeated(TimeSpan duration) => BusMetrics.ConsumeDuration.Record(duration.TotalSeconds, _repeated);

    /// <summary>A try failed.</summary>
    public void Failed(TimeSpan duration, Exception exception)
    {
        BusMetrics.ConsumeDuration.Record(duration.TotalSeconds, _failed);
        BusMetrics.ConsumeErrors.Add(1, [.. _message, BusMetrics.Tag("exception", exception.GetBaseException().GetType().Name)]);
    }

    /// <summary>A UUID of version 7 begins with milliseconds since 1970 (RFC 9562).</summary>
    private static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var part in bytes[..6])
            milliseconds = (milliseconds << 8) | part;
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }
}
