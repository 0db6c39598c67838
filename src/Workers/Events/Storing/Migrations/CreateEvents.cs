using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace BusIngest.Workers.Events.Storing.Migrations;

[DbContext(typeof(EventsContext)), Migration("20261121_CreateEvents")]
internal sealed class CreateEvents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        if (types.IsPostgres)
            CreatePartitioned(migrationBuilder);
        else
            CreateWhole(migrationBuilder, types);
        CreateNames(migrationBuilder, types);
        CreateSums(migrationBuilder, types);
        CreateState(migrationBuilder, types);
    }

    private static void CreateWhole(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "events",
            table => new
            {
                seq = table.Seq(types),
                event_id = table.Column<string>(types.Text),
                account_id = table.Column<string>(types.Text),
                user_id = table.Column<string>(types.Text),
                type = table.Column<string>(types.Text),
                timestamp = table.Column<long>(types.Time),
                metadata = table.Column<string>(types.Text, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_events", x => x.seq));
        migrationBuilder.CreateTable(
            "event_ids",
            table => new
            {
                hash = table.Column<long>(types.Whole),
                seq = table.Column<long>(types.Whole),
            },
            constraints: table => table.PrimaryKey("PK_event_ids", x => x.hash));
    }

    /// <summary>Months are made as they are needed. What goes with a month is found by it: ids arrive about in the order of their events' times.</summary>
    private static void CreatePartitioned(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE events (
            event_id text NOT NULL,
            account_id text NOT NULL,
            user_id text NOT NULL,
            type text NOT NULL,
            timestamp timestamp with time zone NOT NULL,
            metadata text
        ) PARTITION BY RANGE (timestamp);
        CREATE TABLE event_ids (hash uuid NOT NULL, month integer NOT NULL, CONSTRAINT "PK_event_ids" PRIMARY KEY (hash));
        """);

    private static void CreateNames(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "event_accounts",
            table => new
            {
                @ref = Number(table, types),
                account_id = table.Column<string>(types.Text),
            },
            constraints: table => table.PrimaryKey("PK_event_accounts", x => x.@ref));
        migrationBuilder.CreateIndex("IX_event_accounts_account_id", "event_accounts", "account_id", unique: true);
        migrationBuilder.CreateTable(
            "event_users",
            table => new
            {
                @ref = Number(table, types),
                account = table.Column<int>(types.Whole32),
                user_id = table.Column<string>(types.Text),
            },
            constraints: table => table.PrimaryKey("PK_event_users", x => x.@ref));
        migrationBuilder.CreateIndex("IX_event_users_account_user_id", "event_users", ["account", "user_id"], unique: true);
    }

    private static void CreateSums(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "event_tail",
            table => new
            {
                seq = table.Seq(types),
                events = table.Column<int>(types.Whole32),
                body = table.Column<byte[]>(types.Bytes),
            },
            constraints: table => table.PrimaryKey("PK_event_tail", x => x.seq));
        migrationBuilder.CreateTable(
            "event_buckets",
            table => new
            {
                key = table.Column<long>(types.Whole),
                events = table.Column<int>(types.Whole32),
                counts = table.Column<byte[]>(types.Bytes),
                detail = table.Column<byte[]>(types.Bytes),
            },
            constraints: table => table.PrimaryKey("PK_event_buckets", x => x.key));
    }

    private static void CreateState(MigrationBuilder migrationBuilder, ColumnTypes types)
    {
        migrationBuilder.CreateTable(
            "event_ledger",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                stored = table.Column<long>(types.Whole),
                known = table.Column<long>(types.Whole),
            },
            constraints: table => table.PrimaryKey("PK_event_ledger", x => x.id));
        migrationBuilder.CreateTable(
            "event_state",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                ids_upto = table.Column<long>(types.Whole),
                kept_from = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_event_state", x => x.id));
        migrationBuilder.Sql("INSERT INTO event_ledger (id, stored, known) VALUES (1, 0, 0)");
        migrationBuilder.Sql(types.IsPostgres
            ? "INSERT INTO event_state (id, ids_upto, kept_from) VALUES (1, 0, to_timestamp(0))"
            : "INSERT INTO event_state (id, ids_upto, kept_from) VALUES (1, 0, 0)");
    }

    private static OperationBuilder<AddColumnOperation> Number(ColumnsBuilder table, ColumnTypes types) => table
        .Column<int>(types.Whole32)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
