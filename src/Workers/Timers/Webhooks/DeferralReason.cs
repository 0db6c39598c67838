namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>Why a call is put off.</summary>
internal enum DeferralReason
{
    /// <summary>Too many calls are open: to its host, to its address, or to all that do not answer.</summary>
    Busy,

    /// <summary>What it calls has failed several times in a row.</summary>
    CircuitOpen,
}
