namespace BusIngest.Api.Telemetry.Figures;

/// <summary>Every figure there is.</summary>
internal static class FigureNames
{
    public static readonly Figure HttpBodies = new("busingest.http.bodies", "Bytes of requests' bodies that are in hand", "By");
    public static readonly Figure HttpConnections = new("busingest.http.connections", "Connections that are open, and those on places kept for /health");
    public static readonly Figure OutboxCircuit = new("busingest.outbox.circuit", "The breaker before the lane: 0 closed, 1 half open, 2 open");
    public static readonly Figure OutboxMode = new("busingest.outbox.mode", "1 for the lane and mode in use");
    public static readonly Figure OutboxFailures = new("busingest.outbox.failures", "Failures of the lane since it last took something");
    public static readonly Figure OutboxParked = new("busingest.outbox.parked", "Records that wait in the inbox");
    public static readonly Figure OutboxParkedAge = new("busingest.outbox.parked.age", "For how long the oldest of them has waited", "s");
    public static readonly Figure OutboxSession = new("busingest.outbox.session", "1 while a failover session is open");
    public static readonly Figure BacklogMessages = new("busingest.backlog.messages", "Messages that wait, by where");
    public static readonly Figure BacklogRecords = new("busingest.backlog.records", "Records in messages that wait; not known of the broker's");
    public static readonly Figure BacklogAge = new("busingest.backlog.age", "For how long the oldest message of a kind has waited; not known of the broker's", "s");
    public static readonly Figure FailedMessages = new("busingest.failed.messages", "Messages that were given up, and neither sent again nor dropped");
    public static readonly Figure Sagas = new("busingest.sagas", "Sagas of each kind and state");
    public static readonly Figure ScheduleOverdue = new("busingest.schedule.overdue", "How overdue the first scheduled message is; 0 when none is", "s");
    public static readonly Figure OrderPhase = new("busingest.orders.phase", "1 for the phase of the last run of orders, 0 for the others");
    public static readonly Figure OrderTarget = new("busingest.orders.target", "Orders that were asked for in the last run");
    public static readonly Figure OrderGenerated = new("busingest.orders.generated", "Orders of the last run that are stored");
    public static readonly Figure Orders = new("busingest.orders", "Orders of the last run, processed and failed, by priority");
    public static readonly Figure OrderJobs = new("busingest.orders.jobs", "Batches of the last run that are in hand or settled, by priority");
    public static readonly Figure OrderEta = new("busingest.orders.eta", "How long the last run will still take; nothing when it is not known", "s");
    public static readonly Figure OrderBarrier = new("busingest.orders.barrier.held", "1 while no NORMAL order of the last run began before its last VIP order was processed");
    public static readonly Figure OrdersStanding = new("busingest.orders.paused", "1 while the queue of orders is paused or closed");
    public static readonly Figure SyncRuns = new("busingest.sync.runs", "1 for the state of the latest run of each source");
    public static readonly Figure SyncEvents = new("busingest.sync.events", "Events of the latest run of each source: fetched, stored, duplicate, rejected");
    public static readonly Figure SyncPages = new("busingest.sync.pages", "Pages of the latest run of each source");
    public static readonly Figure SyncPercent = new("busingest.sync.percent", "How much of it is fetched; nothing when it is not known");
    public static readonly Figure SyncRate = new("busingest.sync.rate.remaining", "Requests that the other side permits until its window ends");
    public static readonly Figure SyncRetries = new("busingest.sync.retries", "Requests of the latest run of each source that were sent again");
    public static readonly Figure SyncCursorAge = new("busingest.sync.cursor.age", "How old the cursor of the next page is", "s");
    public static readonly Figure CarLedger = new("busingest.cars.ledger", "The cars' ledger: generated = stored + parked + inFlight + lost");
    public static readonly Figure EventLedger = new("busingest.events.ledger", "The events' ledger: accepted = stored + known + failed + backlog");
    public static readonly Figure LoopSuccessAge = new("busingest.loop.success.age", "How long ago each background loop last got something done", "s");
    public static readonly Figure LoopOwing = new("busingest.loop.owing", "For how long each background loop has had work and got nothing done; 0 when nothing is owed", "s");
    public static readonly Figure MongoUp = new("busingest.mongo.up", "1 unless MongoDB was out of reach when this process last asked something of it");
    public static readonly Figure CopyDocuments = new("busingest.copies.behind.documents", "Documents that are still to be copied to MongoDB, by collection");
    public static readonly Figure CopyAge = new("busingest.copies.behind", "For how long the first of them has waited", "s");
    public static readonly Figure Unavailable = new("busingest.figures.unavailable", "1 for figures that could not be looked up the last time");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        HttpBodies, HttpConnections,
        OutboxCircuit, OutboxMode, OutboxFailures, OutboxParked, OutboxParkedAge, OutboxSession, BacklogMessages, BacklogRecords, BacklogAge,
        FailedMessages, Sagas, ScheduleOverdue, OrderPhase, OrderTarget, OrderGenerated, Orders, OrderJobs, OrderEta, OrderBarrier, OrdersStanding,
        SyncRuns, SyncEvents, SyncPages, SyncPercent, SyncRate, SyncRetries, SyncCursorAge, CarLedger, EventLedger, LoopSuccessAge, LoopOwing,
        MongoUp, CopyDocuments, CopyAge, Unavailable,
    ];
}
