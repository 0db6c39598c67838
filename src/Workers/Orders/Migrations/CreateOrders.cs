using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Orders.Migrations;

[DbContext(typeof(OrdersContext)), Migration("20261121_CreateOrders")]
internal sealed class CreateOrders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        CreateOrderTable(migrationBuilder, types);
        CreateQueueTables(migrationBuilder, types);
        CreateHistoryTables(migrationBuilder, types);
    }

    private static void CreateOrderTable(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "orders",
            table => new
            {
                seq = table.Column<long>(types.Whole),
                id = table.Column<string>(types.Id),
                cliente = table.Column<string>(types.Text),
                valor = table.Column<double>(types.Real),
                tier = table.Column<string>(types.Text),
                priority = table.Column<string>(types.Text),
                observacoes = table.Column<string>(types.Text),
                status = table.Column<string>(types.Text),
                created_at = table.Column<long>(types.Time),
                processed_at = table.Column<long>(types.Time, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_orders", x => x.seq));
        // Each order is updated once, soon, and by no indexed column: in the room that is left, its new version needs no index entry (HOT).
        if (types.IsPostgres)
            migrationBuilder.Sql("ALTER TABLE orders SET (fillfactor = 50)");

        migrationBuilder.CreateTable(
            "order_chunks",
            table => new
            {
                first = table.Column<long>(types.Whole),
                run = table.Column<long>(types.Whole),
                vip = table.Column<int>(types.Whole32),
                normal = table.Column<int>(types.Whole32),
                generated_at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_order_chunks", x => x.first));
    }

    private static void CreateQueueTables(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "order_batches",
            table => new
            {
                first = table.Column<long>(types.Whole),
                last = table.Column<long>(types.Whole),
                run = table.Column<long>(types.Whole),
                priority = table.Column<string>(types.Text),
                state = table.Column<string>(types.Text),
                size = table.Column<int>(types.Whole32),
                processed = table.Column<int>(types.Whole32),
                failed = table.Column<int>(types.Whole32),
                attempts = table.Column<int>(types.Whole32),
                not_before = table.Column<long>(types.Time),
                claim = table.Column<string>(types.Id, nullable: true),
                error = table.Column<string>(types.Text, nullable: true),
                changed_at = table.Column<long>(types.Time),
                started_at = table.Column<long>(types.Time, nullable: true),
                settled_at = table.Column<long>(types.Time, nullable: true),
                hidden = table.Column<bool>(types.Flag),
            },
            constraints: table => table.PrimaryKey("PK_order_batches", x => x.first));

        migrationBuilder.CreateTable(
            "order_queue",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                revision = table.Column<long>(types.Whole),
                paused = table.Column<bool>(types.Flag),
                closed = table.Column<bool>(types.Flag),
                halted_run = table.Column<long>(types.Whole),
                forgotten_run = table.Column<long>(types.Whole),
            },
            constraints: table => table.PrimaryKey("PK_order_queue", x => x.id));
        var no = types.IsPostgres ? "false" : "0";
        migrationBuilder.Sql($"INSERT INTO order_queue (id, revision, paused, closed, halted_run, forgotten_run) VALUES (1, 0, {no}, {no}, 0, 0)");
    }

    private static void CreateHistoryTables(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "order_runs",
            table => new
            {
                run = table.Column<long>(types.Whole),
                id = table.Column<string>(types.Id),
                step = table.Column<int>(types.Whole32),
                phase = table.Column<string>(types.Text),
                quantity = table.Column<int>(types.Whole32),
                created_at = table.Column<long>(types.Time),
                generated_at = table.Column<long>(types.Time, nullable: true),
                vip_enqueued_at = table.Column<long>(types.Time, nullable: true),
                vip_drained_at = table.Column<long>(types.Time, nullable: true),
                normal_enqueued_at = table.Column<long>(types.Time, nullable: true),
                ended_at = table.Column<long>(types.Time, nullable: true),
                error = table.Column<string>(types.Text, nullable: true),
                vip_started_at = table.Column<long>(types.Time, nullable: true),
                vip_ended_at = table.Column<long>(types.Time, nullable: true),
                normal_started_at = table.Column<long>(types.Time, nullable: true),
                normal_ended_at = table.Column<long>(types.Time, nullable: true),
                vip_processed = table.Column<int>(types.Whole32),
                normal_processed = table.Column<int>(types.Whole32),
                failed = table.Column<int>(types.Whole32),
            },
            constraints: table => table.PrimaryKey("PK_order_runs", x => x.run));
        migrationBuilder.CreateIndex("IX_order_runs_id", "order_runs", "id", unique: true);

        migrationBuilder.CreateTable(
            "order_log",
            table => new
            {
                seq = table.Seq(types),
                at = table.Column<long>(types.Time),
                level = table.Column<string>(types.Text),
                message = table.Column<string>(types.Text),
            },
            constraints: table => table.PrimaryKey("PK_order_log", x => x.seq));
    }
}
