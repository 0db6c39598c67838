using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

[DbContext(typeof(DeliveryContext)), Migration("20261121_CreateOutgoing")]
internal sealed class CreateOutgoing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "outgoing",
            table => new
            {
                seq = table.Seq(types),
                message_id = table.Column<string>(types.Id),
                message_type = table.Column<string>(types.Text),
                endpoint = table.Column<string>(types.Text, nullable: true),
                records = table.Column<int>(types.Whole32),
                content_type = table.Column<string>(types.Text),
                accepted_at = table.Column<long>(types.Time),
                body = table.Column<byte[]>(types.Bytes),
            },
            constraints: table => table.PrimaryKey("PK_outgoing", x => x.seq));

        // Whoever has sent a message deletes its row by its id, and knows no number.
        if (types.IsPostgres)
            migrationBuilder.CreateIndex("IX_outgoing_message_id", "outgoing", "message_id");
    }
}
