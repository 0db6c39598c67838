namespace BusIngest.Specs.Sagas.Counting;

/// <summary>Counts one, while the counter is open; makes the counter if there is none.</summary>
public sealed record Counted(Guid Id, string Text);

/// <summary>Makes the counter count no more.</summary>
public sealed record Paused(Guid Id, string Text);

/// <summary>Is ignored by an open counter, and missed by none.</summary>
public sealed record Looked(Guid Id);

/// <summary>Ends the counter.</summary>
public sealed record Ended(Guid Id);
