namespace BusIngest.Api.Cars;

/// <summary>Where every car is: generated = stored + parked + inFlight + lost, as of one moment.</summary>
/// <param name="Generated">Distinct cars that were durably accepted, the seeder's and clients'.</param>
/// <param name="Stored">In the table.</param>
/// <param name="Parked">In the inbox, not stored yet; repeats are found out, and leave `generated`, when they are consumed.</param>
/// <param name="InFlight">Neither: at the broker, in a consumer's hands, or with the failed messages.</param>
/// <param name="Lost">Accepted and nowhere: 0, but for failed messages that an operator dropped.</param>
/// <param name="Duplicates">Rows beyond the cars that were counted as stored: 0.</param>
/// <param name="Redelivered">Repeats that were dropped, of messages and of ids.</param>
internal sealed record CarStats(
    long Generated, long Stored, long Parked, long InFlight, long Lost, long Duplicates, long Redelivered);
