using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Sync.Storing.Migrations;

[DbContext(typeof(SyncContext)), Migration("20261121_CreateSync")]
internal sealed class CreateSync : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        CreateEvents(migrationBuilder, types);
        CreateProgress(migrationBuilder, types);
        migrationBuilder.CreateTable(
            "sync_seal_key",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                key = table.Column<string>(types.Text),
            },
            constraints: table => table.PrimaryKey("PK_sync_seal_key", x => x.id));
    }

    private static void CreateEvents(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "sync_events",
            table => new
            {
                seq = table.Seq(types),
                key = table.Column<Guid>(types.IsPostgres ? types.Id : types.Bytes),
                source = table.Column<string>(types.Text),
                id = table.Column<string>(types.Text),
                type = table.Column<string>(types.Text, nullable: true),
                user_id = table.Column<string>(types.Text, nullable: true),
                timestamp = table.Column<long>(types.Time),
                body = table.Column<string>(types.Text),
            },
            constraints: table => table.PrimaryKey("PK_sync_events", x => x.seq));
        migrationBuilder.CreateIndex("IX_sync_events_key", "sync_events", "key", unique: true);

        migrationBuilder.CreateTable(
            "sync_rejects",
            table => new
            {
                seq = table.Seq(types),
                key = table.Column<string>(types.Text),
                source = table.Column<string>(types.Text),
                run_id = table.Column<string>(types.Id),
                reason = table.Column<string>(types.Text),
                body = table.Column<string>(types.Text),
                rejected_at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_sync_rejects", x => x.seq));
        migrationBuilder.CreateIndex("IX_sync_rejects_key", "sync_rejects", "key", unique: true);
    }

    private static void CreateProgress(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "sync_runs",
            table => new
            {
                run_id = table.Column<string>(types.Id),
                source = table.Column<string>(types.Text),
                pages = table.Column<long>(types.Whole),
                events_fetched = table.Column<long>(types.Whole),
                events_stored = table.Column<long>(types.Whole),
                rejected = table.Column<long>(types.Whole),
                total = table.Column<long>(types.Whole, nullable: true),
                requests = table.Column<long>(types.Whole),
                retries = table.Column<long>(types.Whole),
                throttles = table.Column<long>(types.Whole),
                cursor_expiries = table.Column<long>(types.Whole),
                faults = table.Column<string>(types.Text),
                rate_limit = table.Column<int>(types.Whole32, nullable: true),
                rate_remaining = table.Column<int>(types.Whole32, nullable: true),
                rate_reset_at = table.Column<long>(types.Time, nullable: true),
                rate_window_ms = table.Column<long>(types.Whole, nullable: true),
                fetch_ms = table.Column<long>(types.Whole),
                store_ms = table.Column<long>(types.Whole),
                started_at = table.Column<long>(types.Time),
                updated_at = table.Column<long>(types.Time),
                last_error = table.Column<string>(types.Text, nullable: true),
                last_error_at = table.Column<long>(types.Time, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_sync_runs", x => x.run_id));
        migrationBuilder.CreateTable(
            "sync_checkpoint",
            table => new
            {
                source = table.Column<string>(types.Text),
                run_id = table.Column<string>(types.Id),
                epoch = table.Column<long>(types.Whole),
                stretch = table.Column<long>(types.Whole),
                holder = table.Column<string>(types.Id, nullable: true),
                cursor = table.Column<string>(types.Text, nullable: true),
                cursor_at = table.Column<long>(types.Time, nullable: true),
                cursor_life_ms = table.Column<long>(types.Whole, nullable: true),
                pass_pages = table.Column<int>(types.Whole32),
                pass_events = table.Column<long>(types.Whole),
                source_events = table.Column<long>(types.Whole),
                pace = table.Column<string>(types.Text, nullable: true),
                updated_at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_sync_checkpoint", x => x.source));
    }
}
