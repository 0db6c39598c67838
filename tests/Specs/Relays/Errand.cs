namespace BusIngest.Specs.Relays;

/// <summary>A message to the consumer at `relay`, which sends others.</summary>
/// <param name="Text">What it says.</param>
public sealed record Errand(string Text);
