using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>The model of what is pulled. What is decided of runs is kept by their sagas.</summary>
public sealed class SyncContext(IMainDatabase database) : DatabaseContext(database, "sync")
{
    /// <summary>What was ingested.</summary>
    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    /// <summary>What was no event.</summary>
    public DbSet<RejectedEvent> Rejects => Set<RejectedEvent>();

    /// <summary>What runs have counted.</summary>
    public DbSet<SyncRun> Runs => Set<SyncRun>();

    /// <summary>How far sources are pulled.</summary>
    public DbSet<SyncCheckpoint> Checkpoints => Set<SyncCheckpoint>();

    /// <summary>What is known of the keys that seal clients' keys.</summary>
    internal DbSet<StoredSealKey> SealKeys => Set<StoredSealKey>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredEvent>(stored =>
        {
            stored.ToTable("sync_events");
            stored.HasKey(x => x.Seq);
            Number(stored.Property(x => x.Seq));
            // By its name EF takes it for the key, and what is none any more for optional.
            stored.Property(x => x.Id).IsRequired();
            if (!IsPostgres)
                stored.Property(x => x.Key).HasConversion(new KeyAsBytes());
            stored.HasIndex(x => x.Key).IsUnique();
        });
        modelBuilder.Entity<RejectedEvent>(rejected =>
        {
            rejected.ToTable("sync_rejects");
            rejected.HasKey(x => x.Seq);
            Number(rejected.Property(x => x.Seq));
            rejected.HasIndex(x => x.Key).IsUnique();
        });
        modelBuilder.Entity<SyncRun>(run =>
        {
            run.ToTable("sync_runs");
            run.HasKey(x => x.RunId);
        });
        modelBuilder.Entity<SyncCheckpoint>(checkpoint =>
        {
            checkpoint.ToTable("sync_checkpoint");
            checkpoint.HasKey(x => x.Source);
        });
        modelBuilder.Entity<StoredSealKey>(key =>
        {
            key.ToTable("sync_seal_key");
            key.Property(x => x.Id).ValueGeneratedNever();
        });
    }
}

/// <summary>SQLite has no ids of 16 bytes, and as text they are more than twice as long.</summary>
internal sealed class KeyAsBytes() : ValueConverter<Guid, byte[]>(key => key.ToByteArray(true), bytes => new Guid(bytes, true));
