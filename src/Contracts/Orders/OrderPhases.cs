namespace BusIngest.Contracts.Orders;

/// <summary>The phases of a run, as they are shown.</summary>
public static class OrderPhases
{
    /// <summary>There is no run.</summary>
    public const string Idle = "IDLE";

    /// <summary>Orders are made, and VIP ones processed as they come.</summary>
    public const string Generating = "GENERATING";

    /// <summary>All orders are made; it is seen to that every VIP batch is enqueued.</summary>
    public const string EnqueueVip = "ENQUEUE_VIP";

    /// <summary>The last VIP orders are processed.</summary>
    public const string WaitingVipDrain = "WAITING_VIP_DRAIN";

    /// <summary>Every VIP order is settled; NORMAL batches are enqueued.</summary>
    public const string EnqueueNormal = "ENQUEUE_NORMAL";

    /// <summary>NORMAL orders are processed.</summary>
    public const string WaitingNormalDrain = "WAITING_NORMAL_DRAIN";

    /// <summary>Every order is settled.</summary>
    public const string Done = "DONE";

    /// <summary>The run was cancelled.</summary>
    public const string Aborted = "ABORTED";

    /// <summary>The run can't go on.</summary>
    public const string Error = "ERROR";

    /// <summary>Whether a run is under way in a phase, so that no other may begin.</summary>
    public static bool IsActive(string phase) => phase is Generating or EnqueueVip or WaitingVipDrain or EnqueueNormal or WaitingNormalDrain;
}
