using System.Globalization;
using BusIngest.Bus.Storage.Postgres;
using MassTransit;

namespace BusIngest.Bus.Requests;

/// <summary>Until when a request may be carried out: after that its caller has been told that it was not.</summary>
/// <param name="At">By the <see cref="SharedClock"/>.</param>
public sealed record RequestDeadline(DateTimeOffset At)
{
    private const string Header = "busingest-deadline";

    /// <summary>The check runs where the effects are, as the last statement before the commit: however long locks have held them up.</summary>
    private const string InTime = "SELECT 1 WHERE clock_timestamp() <= $1";

    /// <summary>The part of a caller's wait that is left for the answer's way back, and for clocks that differ: a tenth.</summary>
    private const int PartForTheAnswer = 10;

    /// <summary>The deadline of a request.</summary>
    /// <param name="now">Now, by the shared clock.</param>
    /// <param name="within">How long its caller waits in all.</param>
    /// <param name="elapsed">How long he has waited already.</param>
    internal static RequestDeadline After(DateTimeOffset now, TimeSpan within, TimeSpan elapsed) =>
        new(now + within - (within / PartForTheAnswer) - elapsed);

    /// <summary>The deadline of the message at hand; null: it has none, as it is no request.</summary>
    internal static RequestDeadline? Of(ConsumeContext context)
    {
        // MassTransit copies headers to what a consumer sends: what came of a request has no deadline.
        if (context.RequestId is null)
            return null;
        if (context.Headers.Get<string>(Header) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        // Of an earlier version, or by another client.
        return context.ExpirationTime is { } expires ? new(new DateTimeOffset(expires, TimeSpan.Zero)) : null;
    }

    /// <summary>Has a message carry it.</summary>
    internal void Write(SendHeaders headers) => headers.Set(Header, At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>Checks it by a clock, in the transaction of a process alone.</summary>
    /// <exception cref="RequestExpiredException">It is past.</exception>
    public void ThrowIfPast(DateTimeOffset now)
    {
        if (now > At)
            throw new RequestExpiredException(At);
    }

    /// <summary>Has a batch check it by the database's clock: what came before in the transaction is undone if it is past.</summary>
    public void Check(PostgresBatch batch) => batch.Add(InTime).Bind(At).Check(rows =>
    {
        if (rows == 0)
            throw new RequestExpiredException(At);
    });
}
