namespace BusIngest.Api.Configuration;

/// <summary>For how many days rows are kept, 0–36,500; 0: for ever, which is the default of all.</summary>
public sealed record RetentionSettings
{
    /// <summary>Messages that were given up, since they were.</summary>
    public int FailedMessageDays { get; init; }

    /// <summary>Changes of state of sagas; the sagas themselves stay.</summary>
    public int SagaHistoryDays { get; init; }

    /// <summary>Calls of webhooks; the timers themselves stay.</summary>
    public int TimerAttemptDays { get; init; }

    /// <summary>Orders of earlier runs; those of the last one stay.</summary>
    public int OrderDays { get; init; }

    /// <summary>Runs of orders that are over.</summary>
    public int OrderRunDays { get; init; }
}
