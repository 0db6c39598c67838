using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Scheduling;

/// <summary>The model of the messages for later.</summary>
public sealed class SchedulingContext(MainDatabase database) : SqliteContext(database, "schedule")
{
    /// <summary>Messages that are not due yet, or have not fired yet.</summary>
    public DbSet<ScheduledMessage> Messages => Set<ScheduledMessage>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ScheduledMessage>(message =>
    {
        message.ToTable("scheduled_messages");
        message.HasKey(x => x.Seq);
        message.Property(x => x.Seq).ValueGeneratedNever();
        message.HasIndex(x => x.TokenId).IsUnique();
        message.HasIndex(x => x.DueAt);
    });
}
