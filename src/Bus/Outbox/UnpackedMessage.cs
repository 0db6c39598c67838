namespace BusIngest.Bus.Outbox;

/// <summary>A message out of a row of records.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Message">The message itself.</param>
/// <param name="Trace">The spans that its records come from, as <see cref="Telemetry.TraceHeaders"/> takes them; mostly null.</param>
internal readonly record struct UnpackedMessage(Guid Id, object Message, string? Trace = null);
