using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Cars;

/// <summary>The model of the cars.</summary>
public sealed class CarsContext(IMainDatabase database) : DatabaseContext(database, "cars")
{
    /// <summary>Stored cars.</summary>
    public DbSet<StoredCar> Cars => Set<StoredCar>();

    /// <summary>How the generator was steered.</summary>
    public DbSet<SeederState> Seeder => Set<SeederState>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredCar>(car =>
        {
            car.ToTable("cars");
            car.HasKey(x => x.Seq);
            // No AUTOINCREMENT: it leaves gaps where an insert was ignored, and the ledger goes by there being none.
            Number(car.Property(x => x.Seq));
            car.HasIndex(x => x.Id).IsUnique();
        });
        modelBuilder.Entity<CarLedger>(ledger =>
        {
            ledger.ToTable("car_ledger");
            ledger.Property(x => x.Id).ValueGeneratedNever();
            ledger.HasData(new CarLedger { Id = CarLedger.TheOne });
        });
        modelBuilder.Entity<SeederState>(seeder =>
        {
            seeder.ToTable("car_seeder");
            seeder.Property(x => x.Id).ValueGeneratedNever();
        });
    }
}
