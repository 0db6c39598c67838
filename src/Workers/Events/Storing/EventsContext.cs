using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace BusIngest.Workers.Events.Storing;

/// <summary>The model of the events and of what summaries are made of.</summary>
public sealed class EventsContext(IMainDatabase database) : DatabaseContext(database, "events")
{
    private const int MonthsAhead = 12;

    /// <summary>Stored events.</summary>
    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    /// <summary>Accounts that have events.</summary>
    public DbSet<EventAccount> Accounts => Set<EventAccount>();

    /// <summary>How many were stored.</summary>
    public DbSet<EventLedger> Ledger => Set<EventLedger>();

    /// <summary>What messages repeated.</summary>
    internal DbSet<EventRepeats> Repeats => Set<EventRepeats>();

    /// <summary>Makes the partitions of this month, the one before and a year's to come: whoever runs may not be allowed to.</summary>
    public override async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = Month.Of(TimeProvider.System.GetUtcNow());
        for (var month = new Month(now.Number - 1); month.Number <= now.Number + MonthsAhead; month = month.Next)
            await MonthPartition.MakeAsync(connection, month, cancellationToken);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        CreateEvents(modelBuilder);
        modelBuilder.Entity<EventAccount>(account =>
        {
            account.ToTable("event_accounts");
            account.HasKey(x => x.Ref);
            Number(account.Property(x => x.Ref));
            account.HasIndex(x => x.AccountId).IsUnique();
        });
        modelBuilder.Entity<EventUser>(user =>
        {
            user.ToTable("event_users");
            user.HasKey(x => x.Ref);
            Number(user.Property(x => x.Ref));
            user.HasIndex(x => new { x.Account, x.UserId }).IsUnique();
        });
        modelBuilder.Entity<EventTail>(tail =>
        {
            tail.ToTable("event_tail");
            tail.HasKey(x => x.Seq);
            Number(tail.Property(x => x.Seq));
        });
        modelBuilder.Entity<EventBucket>(bucket =>
        {
            bucket.ToTable("event_buckets");
            bucket.HasKey(x => x.Key);
            bucket.Property(x => x.Key).ValueGeneratedNever();
        });
        modelBuilder.Entity<EventRepeats>(repeats =>
        {
            repeats.ToTable("event_repeats");
            repeats.HasKey(x => x.Seq);
            Number(repeats.Property(x => x.Seq));
            repeats.HasIndex(x => x.MessageId).IsUnique();
        });
        modelBuilder.Entity<EventLedger>(ledger =>
        {
            ledger.ToTable("event_ledger");
            ledger.Property(x => x.Id).ValueGeneratedNever();
            ledger.HasData(new EventLedger { Id = EventLedger.TheOne });
        });
        modelBuilder.Entity<EventState>(state =>
        {
            state.ToTable("event_state");
            state.Property(x => x.Id).ValueGeneratedNever();
            // A column that came later: rows of before have none.
            state.Property(x => x.FormerIdsUpto).HasDefaultValue(0L);
            state.HasData(new EventState { Id = EventState.TheOne, KeptFrom = DateTimeOffset.UnixEpoch });
        });
    }

    /// <summary>PostgreSQL's table has no key, since it is partitioned by time, and what keeps an event from being stored twice is `event_keys`.</summary>
    private void CreateEvents(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredEvent>(stored =>
        {
            stored.ToTable("events");
            if (IsPostgres)
            {
                stored.HasNoKey();
                stored.Ignore(x => x.Seq);
                return;
            }

            stored.HasKey(x => x.Seq);
            Number(stored.Property(x => x.Seq));
        });
        if (IsPostgres)
        {
            modelBuilder.Entity<EventHash>(known =>
            {
                known.ToTable("event_keys");
                known.HasKey(x => x.Hash);
                known.Property(x => x.Hash).ValueGeneratedNever();
            });
        }
        else
        {
            modelBuilder.Entity<ShortEventHash>(known =>
            {
                known.ToTable("event_ids");
                known.HasKey(x => x.Hash);
                known.Property(x => x.Hash).ValueGeneratedNever();
            });
        }
    }

    /// <summary>SQLite's writer gives the numbers itself.</summary>
    private void Number(PropertyBuilder<int> number)
    {
        if (IsPostgres)
            number.UseIdentityByDefaultColumn();
        else
            number.ValueGeneratedNever();
    }
}
