using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Sagas;

/// <summary>The model of the sagas of every kind.</summary>
public sealed class SagasContext(IMainDatabase database) : DatabaseContext(database, "sagas")
{
    /// <summary>The sagas.</summary>
    public DbSet<SagaInstance> Instances => Set<SagaInstance>();

    /// <summary>Their changes of state.</summary>
    public DbSet<SagaTransition> Transitions => Set<SagaTransition>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SagaInstance>(saga =>
        {
            saga.ToTable("sagas");
            saga.HasKey(x => x.Seq);
            Number(saga.Property(x => x.Seq));
            if (IsPostgres)
                saga.Property(x => x.Document).HasColumnType("jsonb");
            saga.HasIndex(x => new { x.CorrelationId, x.Kind }).IsUnique();
            saga.HasIndex(x => new { x.Kind, x.State, x.Seq });
        });
        modelBuilder.Entity<SagaTransition>(transition =>
        {
            transition.ToTable("saga_transitions");
            transition.HasKey(x => x.Seq);
            Number(transition.Property(x => x.Seq));
            transition.HasIndex(x => x.SagaSeq);
        });
    }
}
