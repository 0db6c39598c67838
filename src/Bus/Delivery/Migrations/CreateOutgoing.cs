using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

[DbContext(typeof(DeliveryContext)), Migration("20261121_CreateOutgoing")]
internal sealed class CreateOutgoing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "outgoing",
        table => new
        {
            seq = table.Column<long>("INTEGER"),
            message_id = table.Column<string>("TEXT"),
            message_type = table.Column<string>("TEXT"),
            endpoint = table.Column<string>("TEXT", nullable: true),
            records = table.Column<int>("INTEGER"),
            content_type = table.Column<string>("TEXT"),
            accepted_at = table.Column<long>("INTEGER"),
            body = table.Column<byte[]>("BLOB"),
        },
        constraints: table => table.PrimaryKey("PK_outgoing", x => x.seq));
}
