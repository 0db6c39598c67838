namespace BusIngest.Specs.Relays;

/// <summary>A message that nobody consumes.</summary>
public sealed record Whisper(string Text);
