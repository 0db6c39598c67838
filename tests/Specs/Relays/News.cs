namespace BusIngest.Specs.Relays;

/// <summary>What `relay` publishes or sends; consumed at `first` and `second`.</summary>
/// <param name="Text">What it says.</param>
public sealed record News(string Text);
