namespace BusIngest.Integration.Postgres.Work;

/// <summary>Something to do.</summary>
/// <param name="Number">Tells it from others.</param>
/// <param name="Text">What it says.</param>
public sealed record Job(int Number, string Text = "");

/// <summary>It was done.</summary>
/// <param name="Number">Which.</param>
public sealed record JobDone(int Number);
