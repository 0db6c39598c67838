using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Scheduling;

/// <summary>The model of the messages for later.</summary>
public sealed class SchedulingContext(IMainDatabase database) : DatabaseContext(database, "schedule")
{
    /// <summary>Messages that are not due yet, or have not fired yet.</summary>
    public DbSet<ScheduledMessage> Messages => Set<ScheduledMessage>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ScheduledMessage>(message =>
        {
            message.ToTable("scheduled_messages");
            message.HasKey(x => x.Seq);
            Number(message.Property(x => x.Seq));
            message.HasIndex(x => x.TokenId).IsUnique();
            message.HasIndex(x => x.DueAt);
            if (!IsPostgres)
                message.Ignore(x => x.LeasedBy);
        });
        if (IsPostgres)
        {
            modelBuilder.Entity<LivingScheduler>(scheduler =>
            {
                scheduler.ToTable("schedulers");
                scheduler.HasKey(x => x.Id);
                scheduler.Property(x => x.Id).ValueGeneratedNever();
            });
        }
    }
}
