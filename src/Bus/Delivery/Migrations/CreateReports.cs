using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

/// <summary>On SQLite the inbox counts what was accepted.</summary>
[DbContext(typeof(DeliveryContext)), Migration("20261121_CreateReports")]
internal sealed class CreateReports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        if (!types.IsPostgres)
            return;

        migrationBuilder.CreateTable(
            "accepted",
            table => new
            {
                run_id = table.Column<Guid>(types.Id),
                message_type = table.Column<string>(types.Text),
                instance = table.Column<Guid>(types.Id),
                records = table.Column<long>(types.Whole),
                parked = table.Column<long>(types.Whole),
                reported_at = table.Column<DateTimeOffset>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_accepted", x => new { x.run_id, x.message_type }));
    }
}
