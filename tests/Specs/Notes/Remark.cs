namespace BusIngest.Specs.Notes;

/// <summary>A message that is no chunk.</summary>
/// <param name="Text">What it says.</param>
public sealed record Remark(string Text);
