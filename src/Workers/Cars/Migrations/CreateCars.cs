using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Cars.Migrations;

[DbContext(typeof(CarsContext)), Migration("20261121_CreateCars")]
internal sealed class CreateCars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "cars",
            table => new
            {
                seq = table.Column<long>("INTEGER"),
                id = table.Column<string>("TEXT"),
                normalized_make = table.Column<string>("TEXT"),
                normalized_model = table.Column<string>("TEXT"),
                year = table.Column<int>("INTEGER"),
                price = table.Column<double>("REAL"),
                location = table.Column<string>("TEXT"),
                generated_at = table.Column<long>("INTEGER"),
                stored_at = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_cars", x => x.seq));
        migrationBuilder.CreateIndex("IX_cars_id", "cars", "id", unique: true);

        migrationBuilder.CreateTable(
            "car_ledger",
            table => new
            {
                id = table.Column<int>("INTEGER"),
                stored = table.Column<long>("INTEGER"),
                known = table.Column<long>("INTEGER"),
                redelivered = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_car_ledger", x => x.id));
        migrationBuilder.Sql("INSERT INTO car_ledger (id, stored, known, redelivered) VALUES (1, 0, 0, 0)");

        migrationBuilder.CreateTable(
            "car_seeder",
            table => new
            {
                id = table.Column<int>("INTEGER"),
                running = table.Column<bool>("INTEGER"),
                interval_ms = table.Column<int>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_car_seeder", x => x.id));
    }
}
