namespace BusIngest.Specs.Relays;

/// <summary>Answers a <see cref="Errand"/> that was a request.</summary>
public sealed record ErrandDone(string Text);
