using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Workers.Timers.Attempts.Migrations;

[DbContext(typeof(TimersContext)), Migration("20261121_CreateTimers")]
internal sealed class CreateTimers : Migration
{
    /// <summary>The timers as an operator's tools see them: the sagas of that kind, their times in milliseconds since 1970.</summary>
    private static readonly string TimersView = $"""
        CREATE VIEW timers AS
        SELECT correlation_id AS id,
               document ->> 'webhookUrl' AS webhook_url,
               state AS status,
               {Milliseconds("createdAt")} AS created_at,
               {Milliseconds("dueAt")} AS due_at,
               {Milliseconds("firedAt")} AS fired_at,
               {Milliseconds("deliveredAt")} AS delivered_at,
               document ->> 'attempts' AS attempts,
               document ->> 'lastError' AS last_error
        FROM sagas
        WHERE kind = 'timer'
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "timer_attempts",
            table => new
            {
                seq = table.Column<long>("INTEGER"),
                timer_id = table.Column<string>("TEXT"),
                attempt = table.Column<int>("INTEGER"),
                started_at = table.Column<long>("INTEGER"),
                duration_ms = table.Column<long>("INTEGER"),
                status_code = table.Column<int>("INTEGER", nullable: true),
                error = table.Column<string>("TEXT", nullable: true),
                response_body = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_timer_attempts", x => x.seq));
        migrationBuilder.CreateIndex("IX_timer_attempts_timer_id", "timer_attempts", "timer_id");

        migrationBuilder.CreateTable(
            "webhook_secret",
            table => new
            {
                id = table.Column<int>("INTEGER"),
                secret = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_webhook_secret", x => x.id));

        // The table `sagas` may come later; SQLite asks for it when the view is read.
        migrationBuilder.Sql(TimersView);
    }

    /// <summary>ISO 8601 text as milliseconds: SQLite counts days from noon of Julian day 0, to the millisecond.</summary>
    private static string Milliseconds(string field) =>
        $"CAST(round((julianday(document ->> '{field}') - 2440587.5) * 86400000) AS INTEGER)";
}
