using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Inbox.Migrations;

[DbContext(typeof(InboxContext)), Migration("20261121_CreateInbox")]
internal sealed class CreateInbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "inbox",
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
            constraints: table => table.PrimaryKey("PK_inbox", x => x.seq));
        migrationBuilder.CreateIndex("IX_inbox_message_id_endpoint", "inbox", ["message_id", "endpoint"], unique: true);

        migrationBuilder.CreateTable(
            "accepted",
            table => new
            {
                message_type = table.Column<string>("TEXT"),
                messages = table.Column<long>("INTEGER"),
                records = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_accepted", x => x.message_type));
    }
}
