namespace BusIngest.Specs.Notes;

/// <summary>A record that says nothing: what the specs of the bus publish.</summary>
/// <param name="Number">Tells it from others.</param>
/// <param name="Text">Gives it a size.</param>
public sealed record Note(int Number, string Text = "");
