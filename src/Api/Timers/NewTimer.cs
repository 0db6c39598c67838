namespace BusIngest.Api.Timers;

/// <summary>The body that sets a timer; described here, and read by <see cref="TimerReader"/>.</summary>
/// <param name="Hours">Whole hours, 0–876,000.</param>
/// <param name="Minutes">Whole minutes, 0–59.</param>
/// <param name="Seconds">Whole seconds, 0–59.</param>
/// <param name="WebhookUrl">What to call when it is due: http or https, at most 2,048 characters.</param>
internal sealed record NewTimer(int Hours, int Minutes, int Seconds, string WebhookUrl);
