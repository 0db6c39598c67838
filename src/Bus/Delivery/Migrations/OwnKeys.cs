using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

/// <summary>An idempotency key says which request has it, and what headers its answer had.</summary>
[DbContext(typeof(DeliveryContext)), Migration("20261130_OwnKeys")]
internal sealed class OwnKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.AddColumn<Guid?>("owner", "idempotency_keys", types.Id, nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset?>("held_until", "idempotency_keys", types.Time, nullable: true);
        migrationBuilder.AddColumn<string>("head", "idempotency_keys", types.Text, nullable: true);
    }
}
