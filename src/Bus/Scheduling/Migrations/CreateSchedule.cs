using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Scheduling.Migrations;

[DbContext(typeof(SchedulingContext)), Migration("20261121_CreateSchedule")]
internal sealed class CreateSchedule : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "scheduled_messages",
            table => new
            {
                seq = table.Column<long>("INTEGER"),
                token_id = table.Column<string>("TEXT"),
                due_at = table.Column<long>("INTEGER"),
                message_id = table.Column<string>("TEXT"),
                message_type = table.Column<string>("TEXT"),
                endpoint = table.Column<string>("TEXT", nullable: true),
                body = table.Column<byte[]>("BLOB"),
            },
            constraints: table => table.PrimaryKey("PK_scheduled_messages", x => x.seq));
        migrationBuilder.CreateIndex("IX_scheduled_messages_token_id", "scheduled_messages", "token_id", unique: true);
        migrationBuilder.CreateIndex("IX_scheduled_messages_due_at", "scheduled_messages", "due_at");
    }
}
