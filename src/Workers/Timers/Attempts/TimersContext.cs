using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Timers.Attempts;

/// <summary>The model of what the timers' consumers keep. The timers themselves are sagas.</summary>
public sealed class TimersContext(IMainDatabase database) : DatabaseContext(database, "timers")
{
    /// <summary>Every try of every webhook.</summary>
    public DbSet<TimerAttempt> Attempts => Set<TimerAttempt>();

    /// <summary>The secret that webhooks are signed with, if it was made here.</summary>
    internal DbSet<StoredSecret> Secrets => Set<StoredSecret>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TimerAttempt>(attempt =>
        {
            attempt.ToTable("timer_attempts");
            attempt.HasKey(x => x.Seq);
            Number(attempt.Property(x => x.Seq));
            attempt.HasIndex(x => x.TimerId);
        });
        modelBuilder.Entity<StoredSecret>(secret =>
        {
            secret.ToTable("webhook_secret");
            secret.Property(x => x.Id).ValueGeneratedNever();
        });
    }
}
