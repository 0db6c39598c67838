namespace BusIngest.Contracts.Orders;

/// <summary>Has a part of a run's orders made and stored. What is made follows from the message alone.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="RunId">The run; the orders' ids follow from it.</param>
/// <param name="Index">Which chunk, from 0.</param>
/// <param name="First">The place of its first order in the run, from 0.</param>
/// <param name="Count">How many orders.</param>
/// <param name="Seed">What the run's random numbers begin with.</param>
public sealed record GenerateOrderChunk(long Run, Guid RunId, int Index, int First, int Count, int Seed);
