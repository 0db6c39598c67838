namespace BusIngest.Specs.Relays;

/// <summary>A kind of message that there are several of.</summary>
public interface IUtterance
{
    /// <summary>What it says.</summary>
    string Text { get; }
}

/// <summary>One of them.</summary>
/// <param name="Text">What it says.</param>
public sealed record Shout(string Text) : IUtterance;
