using System.ComponentModel.DataAnnotations;

namespace BusIngest.Api.Timers;

/// <summary>The body that sets a timer; described here, and read by <see cref="TimerReader"/>.</summary>
/// <param name="Hours">Whole hours, 0–876,000.</param>
/// <param name="Minutes">Whole minutes, 0–59.</param>
/// <param name="Seconds">Whole seconds, 0–59.</param>
/// <param name="WebhookUrl">What to call when it is due: http or https, at most 2,048 characters.</param>
internal sealed record NewTimer(
    [property: Range(0, 876_000)] int Hours,
    [property: Range(0, 59)] int Minutes,
    [property: Range(0, 59)] int Seconds,
    [property: StringLength(2_048)] string WebhookUrl);
