using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

[DbContext(typeof(DeliveryContext)), Migration("20261121_CreateDelivery")]
internal sealed class CreateDelivery : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "consumed_messages",
            table => new
            {
                message_id = table.Column<string>(types.Id),
                endpoint = table.Column<string>(types.Text),
                consumed_at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_consumed_messages", x => new { x.message_id, x.endpoint }));
        migrationBuilder.CreateIndex("IX_consumed_messages_consumed_at", "consumed_messages", "consumed_at");

        migrationBuilder.CreateTable(
            "idempotency_keys",
            table => new
            {
                key = table.Column<string>(types.Text),
                fingerprint = table.Column<string>(types.Text),
                seed = table.Column<string>(types.Id),
                claimed_at = table.Column<long>(types.Time),
                status = table.Column<int>(types.Whole32, nullable: true),
                answer = table.Column<byte[]>(types.Bytes, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_idempotency_keys", x => x.key));
        migrationBuilder.CreateIndex("IX_idempotency_keys_claimed_at", "idempotency_keys", "claimed_at");

        migrationBuilder.CreateTable(
            "failed_messages",
            table => new
            {
                seq = table.Seq(types).Annotation("Sqlite:Autoincrement", true),
                id = table.Column<string>(types.Id),
                message_id = table.Column<string>(types.Id),
                message_type = table.Column<string>(types.Text),
                endpoint = table.Column<string>(types.Text),
                records = table.Column<int>(types.Whole32),
                attempts = table.Column<int>(types.Whole32),
                exception_type = table.Column<string>(types.Text),
                exception_message = table.Column<string>(types.Text),
                exception_detail = table.Column<string>(types.Text),
                failed_at = table.Column<long>(types.Time),
                content_type = table.Column<string>(types.Text),
                body = table.Column<byte[]>(types.Bytes),
            },
            constraints: table => table.PrimaryKey("PK_failed_messages", x => x.seq));
        migrationBuilder.CreateIndex("IX_failed_messages_id", "failed_messages", "id", unique: true);
        migrationBuilder.CreateIndex(
            "IX_failed_messages_message_id_endpoint", "failed_messages", ["message_id", "endpoint"], unique: true);
        migrationBuilder.CreateIndex("IX_failed_messages_message_type", "failed_messages", "message_type");
    }
}
