using BusIngest.Contracts.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>A made-up event.</summary>
/// <param name="Id">Its id, a UUID.</param>
/// <param name="Account">The number of its account.</param>
/// <param name="User">The number of its user within the account.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimestampMs">When it happened, in Unix ms.</param>
/// <param name="Extra">Decides on its metadata.</param>
internal readonly record struct SampleEvent(Guid Id, int Account, int User, EventType Type, long TimestampMs, int Extra);
