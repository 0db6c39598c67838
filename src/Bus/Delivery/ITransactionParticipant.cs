namespace BusIngest.Bus.Delivery;

/// <summary>Somebody who has to know how far a transaction is. Each call comes at most once.</summary>
internal interface ITransactionParticipant
{
    /// <summary>The transaction has its place in the writer's queue: what is queued from now on sees what it wrote.</summary>
    void Queued();

    /// <summary>It is over.</summary>
    /// <param name="committed">False when it had no effect: the consumer threw, the commit failed, or the message was a repeat.</param>
    void Ended(bool committed);
}
