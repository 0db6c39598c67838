using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

/// <summary>On SQLite the table has the form of the inbox.</summary>
[DbContext(typeof(DeliveryContext)), Migration("20261122_TraceOutgoing")]
internal sealed class TraceOutgoing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (!new ColumnTypes(this).IsPostgres)
            migrationBuilder.AddColumn<string>("trace", "outgoing", "TEXT", nullable: true);
    }
}
