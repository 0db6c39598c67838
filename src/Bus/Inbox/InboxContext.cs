using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Inbox;

/// <summary>The model of `inbox.db`.</summary>
public sealed class InboxContext(InboxDatabase database) : DatabaseContext(database, "inbox")
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<InboxMessage>(message =>
        {
            message.ToTable("inbox");
            message.HasKey(x => x.Seq);
            message.Property(x => x.Seq).ValueGeneratedNever();
            message.HasIndex(x => new { x.MessageId, x.Endpoint }).IsUnique();
        });
        modelBuilder.Entity<AcceptedMessages>(accepted =>
        {
            accepted.ToTable("accepted");
            accepted.HasKey(x => x.MessageType);
        });
    }
}
