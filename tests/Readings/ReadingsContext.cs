using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Readings;

/// <summary>The model of the readings.</summary>
public sealed class ReadingsContext(IMainDatabase database) : DatabaseContext(database, "readings")
{
    /// <summary>Stored readings.</summary>
    public DbSet<StoredReading> Readings => Set<StoredReading>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<StoredReading>(reading =>
    {
        reading.ToTable("readings");
        reading.HasKey(x => x.Seq);
        Number(reading.Property(x => x.Seq));
        reading.HasIndex(x => x.Id).IsUnique();
        reading.HasIndex(x => x.Meter);
    });
}
