namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>What became of a webhook.</summary>
internal enum WebhookResult
{
    /// <summary>It answered 2xx.</summary>
    Delivered,

    /// <summary>This attempt failed; another may succeed.</summary>
    Failed,

    /// <summary>It is not to be tried again: it answered 410, or its address may not be called.</summary>
    Abandoned,

    /// <summary>It is put off: a breaker is open, or too many calls are. This was no attempt.</summary>
    Deferred,
}
