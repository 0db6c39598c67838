namespace BusIngest.Specs.Sagas.Waiting;

/// <summary>Lets it wait until a time, in place of any other.</summary>
public sealed record Wait(Guid Id, DateTimeOffset Until, string Text);

/// <summary>Lets it wait no more.</summary>
public sealed record StopWaiting(Guid Id);

/// <summary>Comes when it is time.</summary>
public sealed record Wake(Guid Id, string Text);
