using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Cars.Migrations;

[DbContext(typeof(CarsContext)), Migration("20261121_CreateCars")]
internal sealed class CreateCars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "cars",
            table => new
            {
                seq = table.Seq(types),
                id = table.Column<string>(types.Id),
                normalized_make = table.Column<string>(types.Text),
                normalized_model = table.Column<string>(types.Text),
                year = table.Column<int>(types.Whole32),
                price = table.Column<double>(types.Real),
                location = table.Column<string>(types.Text),
                generated_at = table.Column<long>(types.Time),
                stored_at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_cars", x => x.seq));
        migrationBuilder.CreateIndex("IX_cars_id", "cars", "id", unique: true);

        migrationBuilder.CreateTable(
            "car_ledger",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                stored = table.Column<long>(types.Whole),
                known = table.Column<long>(types.Whole),
                redelivered = table.Column<long>(types.Whole),
            },
            constraints: table => table.PrimaryKey("PK_car_ledger", x => x.id));
        migrationBuilder.Sql("INSERT INTO car_ledger (id, stored, known, redelivered) VALUES (1, 0, 0, 0)");

        migrationBuilder.CreateTable(
            "car_seeder",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                running = table.Column<bool>(types.Flag),
                interval_ms = table.Column<int>(types.Whole32),
            },
            constraints: table => table.PrimaryKey("PK_car_seeder", x => x.id));
    }
}
