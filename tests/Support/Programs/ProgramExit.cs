namespace BusIngest.Support.Programs;

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code; 128 + the signal's number when a signal ended it.</param>
/// <param name="After">How long after it was asked to.</param>
public sealed record ProgramExit(int Code, TimeSpan After);
