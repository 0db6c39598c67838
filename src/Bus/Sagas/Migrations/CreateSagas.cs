using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Sagas.Migrations;

[DbContext(typeof(SagasContext)), Migration("20261121_CreateSagas")]
internal sealed class CreateSagas : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "sagas",
            table => new
            {
                seq = table.Seq(types),
                kind = table.Column<string>(types.Text),
                correlation_id = table.Column<string>(types.Id),
                state = table.Column<string>(types.Text),
                version = table.Column<long>(types.Whole),
                created_at = table.Column<long>(types.Time),
                updated_at = table.Column<long>(types.Time),
                document = table.Column<string>(types.Json),
            },
            constraints: table => table.PrimaryKey("PK_sagas", x => x.seq));
        migrationBuilder.CreateIndex("IX_sagas_correlation_id_kind", "sagas", ["correlation_id", "kind"], unique: true);
        migrationBuilder.CreateIndex("IX_sagas_kind_state_seq", "sagas", ["kind", "state", "seq"]);

        migrationBuilder.CreateTable(
            "saga_transitions",
            table => new
            {
                seq = table.Seq(types),
                saga_seq = table.Column<long>(types.Whole),
                version = table.Column<long>(types.Whole),
                @event = table.Column<string>(types.Text),
                message_id = table.Column<string>(types.Id),
                from_state = table.Column<string>(types.Text),
                to_state = table.Column<string>(types.Text),
                at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_saga_transitions", x => x.seq));
        migrationBuilder.CreateIndex("IX_saga_transitions_saga_seq", "saga_transitions", "saga_seq");
    }
}
