using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Inbox.Migrations;

/// <summary>Rows tell of the traces that their records belong to.</summary>
[DbContext(typeof(InboxContext)), Migration("20261122_TraceInbox")]
internal sealed class TraceInbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("trace", "inbox", "TEXT", nullable: true);
}
