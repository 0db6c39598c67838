namespace BusIngest.Support.Timers;

/// <summary>A timer that was promised by a 201.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name of its webhook, of its own among all.</param>
/// <param name="Earliest">It must not fire before: when the request left, and the seconds that it asked for.</param>
/// <param name="Latest">It is due by then: when the answer was there, and the seconds.</param>
public sealed record PostedTimer(Guid Id, string Name, DateTimeOffset Earliest, DateTimeOffset Latest);
