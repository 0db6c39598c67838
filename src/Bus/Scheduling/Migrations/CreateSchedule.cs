using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Scheduling.Migrations;

[DbContext(typeof(SchedulingContext)), Migration("20261121_CreateSchedule")]
internal sealed class CreateSchedule : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "scheduled_messages",
            table => new
            {
                seq = table.Seq(types),
                token_id = table.Column<string>(types.Id),
                due_at = table.Column<long>(types.Time),
                message_id = table.Column<string>(types.Id),
                message_type = table.Column<string>(types.Text),
                endpoint = table.Column<string>(types.Text, nullable: true),
                body = table.Column<byte[]>(types.Bytes),
            },
            constraints: table => table.PrimaryKey("PK_scheduled_messages", x => x.seq));
        migrationBuilder.CreateIndex("IX_scheduled_messages_token_id", "scheduled_messages", "token_id", unique: true);
        migrationBuilder.CreateIndex("IX_scheduled_messages_due_at", "scheduled_messages", "due_at");
        if (types.IsPostgres)
            CreateLeases(migrationBuilder, types);
    }

    /// <summary>Several processes share the schedule: a row is in the window of one of them.</summary>
    private static void CreateLeases(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.AddColumn<Guid>("leased_by", "scheduled_messages", types.Id, nullable: true);
        migrationBuilder.CreateTable(
            "schedulers",
            table => new
            {
                id = table.Column<Guid>(types.Id),
                alive_until = table.Column<DateTimeOffset>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_schedulers", x => x.id));
    }
}
