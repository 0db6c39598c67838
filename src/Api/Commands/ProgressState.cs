namespace BusIngest.Api.Commands;

/// <summary>How far something is.</summary>
/// <param name="Value">So far.</param>
/// <param name="Most">Of how much.</param>
/// <param name="Text">The same for people.</param>
internal readonly record struct ProgressState(double Value, double Most, string Text)
{
    /// <summary>Writes a line for programs; null: none.</summary>
    public Func<Task>? WriteJsonAsync { get; init; }
}
