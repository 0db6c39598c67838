using System.Buffers;
using System.Text;
using BusIngest.Api.Timers;
using BusIngest.Contracts.Timers;
using BusIngest.Workers.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Api;

/// <summary>What came of reading a body.</summary>
/// <param name="Timer">The timer; null when there are errors.</param>
/// <param name="Errors">What is wrong, by field.</param>
internal sealed record TimerReading(CreateTimer? Timer, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>The time of reading.</summary>
    public static readonly DateTimeOffset Now = FakeClock.Start;

    /// <summary>The id that the timer is given.</summary>
    public static readonly Guid Id = Guid.Parse("019c12a0-1234-7abc-8def-000000000000");

    public static TimerReading Of(string body, params string[] allowedHosts) =>
        Of(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), allowedHosts);

    public static TimerReading Of(ReadOnlySequence<byte> body, params string[] allowedHosts)
    {
        var options = new WebhookOptions { AllowedHosts = allowedHosts.ToHashSet(StringComparer.Ordinal) };
        var reader = new TimerReader(options.AllowedHosts);
        return new TimerReading(reader.Read(body) ? reader.Complete(Id, Now) : null, reader.Errors.ByField);
    }

    /// <summary>Makes sure that these fields are wrong, and no others.</summary>
    public void AssertRefused(params string[] fields) =>
        Assert.Equal(fields.Order(StringComparer.Ordinal), Errors.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The timer of a body that is right.</summary>
    public CreateTimer Good()
    {
        Assert.Empty(Errors);
        return Timer!;
    }
}
