using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Delivery.Migrations;

[DbContext(typeof(DeliveryContext)), Migration("20261121_CreateDelivery")]
internal sealed class CreateDelivery : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "consumed_messages",
            table => new
            {
                message_id = table.Column<string>("TEXT"),
                endpoint = table.Column<string>("TEXT"),
                consumed_at = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_consumed_messages", x => new { x.message_id, x.endpoint }));
        migrationBuilder.CreateIndex("IX_consumed_messages_consumed_at", "consumed_messages", "consumed_at");

        migrationBuilder.CreateTable(
            "idempotency_keys",
            table => new
            {
                key = table.Column<string>("TEXT"),
                fingerprint = table.Column<string>("TEXT"),
                seed = table.Column<string>("TEXT"),
                claimed_at = table.Column<long>("INTEGER"),
                status = table.Column<int>("INTEGER", nullable: true),
                answer = table.Column<byte[]>("BLOB", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_idempotency_keys", x => x.key));
        migrationBuilder.CreateIndex("IX_idempotency_keys_claimed_at", "idempotency_keys", "claimed_at");

        migrationBuilder.CreateTable(
            "failed_messages",
            table => new
            {
                seq = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                id = table.Column<string>("TEXT"),
                message_id = table.Column<string>("TEXT"),
                message_type = table.Column<string>("TEXT"),
                endpoint = table.Column<string>("TEXT"),
                records = table.Column<int>("INTEGER"),
                attempts = table.Column<int>("INTEGER"),
                exception_type = table.Column<string>("TEXT"),
                exception_message = table.Column<string>("TEXT"),
                exception_detail = table.Column<string>("TEXT"),
                failed_at = table.Column<long>("INTEGER"),
                content_type = table.Column<string>("TEXT"),
                body = table.Column<byte[]>("BLOB"),
            },
            constraints: table => table.PrimaryKey("PK_failed_messages", x => x.seq));
        migrationBuilder.CreateIndex("IX_failed_messages_id", "failed_messages", "id", unique: true);
        migrationBuilder.CreateIndex(
            "IX_failed_messages_message_id_endpoint", "failed_messages", ["message_id", "endpoint"], unique: true);
        migrationBuilder.CreateIndex("IX_failed_messages_message_type", "failed_messages", "message_type");
    }
}
