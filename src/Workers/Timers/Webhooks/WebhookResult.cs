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

    /// <summary>Its host has too many attempts under way. This was none.</summary>
    Busy,
}
