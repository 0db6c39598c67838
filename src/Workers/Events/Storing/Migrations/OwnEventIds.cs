using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Events.Storing.Migrations;

/// <summary>
/// An id is its account's own from here on. SQLite goes on with its table of hashes, and remembers up to which row they are of ids alone. PostgreSQL can't find
/// a row by its id, so the hashes are made anew, from the rows; under another name, so that a process of the earlier version, which would keep ids by
/// the earlier hash, waits until it is replaced.
/// </summary>
[DbContext(typeof(EventsContext)), Migration("20261130_OwnEventIds")]
internal sealed class OwnEventIds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.AddColumn<long>("former_ids_upto", "event_state", types.Whole, nullable: false, defaultValue: 0L);
        if (types.IsPostgres)
            MakeHashesAnew(migrationBuilder);
        else
            migrationBuilder.Sql("UPDATE event_state SET former_ids_upto = ids_upto");
        migrationBuilder.CreateTable(
            "event_repeats",
            table => new
            {
                seq = table.Seq(types),
                message_id = table.Column<Guid>(types.Id),
                stored_at = table.Column<long>(types.Time),
                places = table.Column<byte[]>(types.Bytes),
            },
            constraints: table => table.PrimaryKey("PK_event_repeats", x => x.seq));
        migrationBuilder.CreateIndex("IX_event_repeats_message_id", "event_repeats", "message_id", unique: true);
    }

    /// <summary>As <see cref="StorableEvents.Hash"/> does. The lock first: whoever is storing ends before the rows are read.</summary>
    private static void MakeHashesAnew(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        LOCK TABLE event_ids IN ACCESS EXCLUSIVE MODE;
        CREATE TABLE event_keys (hash uuid NOT NULL, month integer NOT NULL);
        INSERT INTO event_keys (hash, month)
        SELECT encode(substring(sha256(convert_to(account_id, 'UTF8') || '\x00'::bytea || convert_to(event_id, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid,
               (extract(year FROM timestamp AT TIME ZONE 'UTC') * 12 + extract(month FROM timestamp AT TIME ZONE 'UTC') - 1)::integer
        FROM events;
        ALTER TABLE event_keys ADD CONSTRAINT "PK_event_keys" PRIMARY KEY (hash);
        DROP TABLE event_ids;
        """);
}
