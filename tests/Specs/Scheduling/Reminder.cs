using MassTransit.Scheduling;

namespace BusIngest.Specs.Scheduling;

/// <summary>News for later, under a token that its sender chooses.</summary>
/// <param name="Token">By which it is cancelled or replaced.</param>
/// <param name="Text">What it says.</param>
public sealed record Reminder(Guid Token, string Text)
{
    static Reminder() => ScheduleTokenId.UseTokenId<Reminder>(reminder => reminder.Token);
}
