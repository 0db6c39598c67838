using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Timers.Attempts.Migrations;

[DbContext(typeof(TimersContext)), Migration("20261121_CreateTimers")]
internal sealed class CreateTimers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "timer_attempts",
            table => new
            {
                seq = table.Seq(types),
                timer_id = table.Column<string>(types.Id),
                attempt = table.Column<int>(types.Whole32),
                started_at = table.Column<long>(types.Time),
                duration_ms = table.Column<long>(types.Whole),
                status_code = table.Column<int>(types.Whole32, nullable: true),
                error = table.Column<string>(types.Text, nullable: true),
                response_body = table.Column<string>(types.Text, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_timer_attempts", x => x.seq));
        migrationBuilder.CreateIndex("IX_timer_attempts_timer_id", "timer_attempts", "timer_id");

        migrationBuilder.CreateTable(
            "webhook_secret",
            table => new
            {
                id = table.Column<int>(types.Whole32),
                secret = table.Column<string>(types.Text),
            },
            constraints: table => table.PrimaryKey("PK_webhook_secret", x => x.id));

        // The table `sagas` may come later; SQLite asks for it when the view is read.
        migrationBuilder.Sql(TimersView(types));
    }

    /// <summary>The timers as an operator's tools see them: the sagas of that kind. On SQLite their times are milliseconds since 1970.</summary>
    private static string TimersView(ColumnTypes types) => $"""
        CREATE VIEW timers AS
        SELECT correlation_id AS id,
               document ->> 'webhookUrl' AS webhook_url,
               state AS status,
               {Moment(types, "createdAt")} AS created_at,
               {Moment(types, "dueAt")} AS due_at,
               {Moment(types, "firedAt")} AS fired_at,
               {Moment(types, "deliveredAt")} AS delivered_at,
               {(types.IsPostgres ? "(document ->> 'attempts')::integer" : "document ->> 'attempts'")} AS attempts,
               document ->> 'lastError' AS last_error
        FROM sagas
        WHERE kind = 'timer'
        """;

    /// <summary>ISO 8601 text as a moment: SQLite counts days from noon of Julian day 0, to the millisecond.</summary>
    private static string Moment(ColumnTypes types, string field) => types.IsPostgres
        ? $"(document ->> '{field}')::timestamptz"
        : $"CAST(round((julianday(document ->> '{field}') - 2440587.5) * 86400000) AS INTEGER)";
}
