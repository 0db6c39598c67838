namespace BusIngest.Bus.Outbox;

/// <summary>A message out of a row of records.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Message">The message itself.</param>
internal readonly record struct UnpackedMessage(Guid Id, object Message);
