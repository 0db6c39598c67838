using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

[DbContext(typeof(DeliveryContext)), Migration("20261130_EndSessions")]
internal sealed class EndSessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "ended_sessions",
            table => new
            {
                id = table.Column<Guid>(types.Id),
                ends_at = table.Column<DateTimeOffset>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_ended_sessions", x => x.id));
    }
}
