using BusIngest.Bus.Failures;
using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Acceptance;
using BusIngest.Bus.Sessions;
using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Delivery;

/// <summary>The model of what the bus keeps in the main database.</summary>
public sealed class DeliveryContext(IMainDatabase database) : DatabaseContext(database, "delivery")
{
    /// <summary>Messages that their consumers gave up on.</summary>
    public DbSet<FailedMessage> FailedMessages => Set<FailedMessage>();

    internal DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ConsumedMessage>(mark =>
        {
            mark.ToTable("consumed_messages");
            mark.HasKey(x => new { x.MessageId, x.Endpoint });
            mark.HasIndex(x => x.ConsumedAt);
        });
        modelBuilder.Entity<InboxMessage>(outgoing =>
        {
            outgoing.ToTable("outgoing");
            outgoing.HasKey(x => x.Seq);
            Number(outgoing.Property(x => x.Seq));
            if (!IsPostgres)
                return;

            outgoing.HasIndex(x => x.MessageId);
            // Here they are envelopes, whose headers tell; the other database has one table's form for both of its queues.
            outgoing.Ignore(x => x.Trace);
        });
        if (IsPostgres)
        {
            modelBuilder.Entity<AcceptedReport>(report =>
            {
                report.ToTable("accepted");
                report.HasKey(x => new { x.RunId, x.MessageType });
            });
        }

        modelBuilder.Entity<IdempotencyKey>(key =>
        {
            key.ToTable("idempotency_keys");
            key.HasKey(x => x.Key);
            key.HasIndex(x => x.ClaimedAt);
        });
        modelBuilder.Entity<EndedSession>(session =>
        {
            session.ToTable("ended_sessions");
            session.HasKey(x => x.Id);
        });
        modelBuilder.Entity<FailedMessage>(failed =>
        {
            failed.ToTable("failed_messages");
            failed.HasKey(x => x.Seq);
            failed.HasIndex(x => x.Id).IsUnique();
            failed.HasIndex(x => new { x.MessageId, x.Endpoint }).IsUnique();
            failed.HasIndex(x => x.MessageType);
        });
    }
}
