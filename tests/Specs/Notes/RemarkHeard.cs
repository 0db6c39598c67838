namespace BusIngest.Specs.Notes;

/// <summary>Answers a <see cref="Remark"/> that was a request.</summary>
/// <param name="Text">What was heard.</param>
public sealed record RemarkHeard(string Text);
