using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Readings;

[DbContext(typeof(ReadingsContext)), Migration("20261121_CreateReadings")]
internal sealed class CreateReadings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "readings",
            table => new
            {
                seq = table.Seq(types),
                id = table.Column<string>(types.Id),
                meter = table.Column<string>(types.Text),
                value = table.Column<double>(types.Real),
                at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_readings", x => x.seq));
        migrationBuilder.CreateIndex("IX_readings_id", "readings", "id", unique: true);
        migrationBuilder.CreateIndex("IX_readings_meter", "readings", "meter");
    }
}
