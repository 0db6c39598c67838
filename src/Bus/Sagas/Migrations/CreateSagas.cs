using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Sagas.Migrations;

[DbContext(typeof(SagasContext)), Migration("20261121_CreateSagas")]
internal sealed class CreateSagas : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "sagas",
            table => new
            {
                seq = table.Column<long>("INTEGER"),
                kind = table.Column<string>("TEXT"),
                correlation_id = table.Column<string>("TEXT"),
                state = table.Column<string>("TEXT"),
                version = table.Column<long>("INTEGER"),
                created_at = table.Column<long>("INTEGER"),
                updated_at = table.Column<long>("INTEGER"),
                document = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_sagas", x => x.seq));
        migrationBuilder.CreateIndex("IX_sagas_correlation_id_kind", "sagas", ["correlation_id", "kind"], unique: true);
        migrationBuilder.CreateIndex("IX_sagas_kind_state_seq", "sagas", ["kind", "state", "seq"]);

        migrationBuilder.CreateTable(
            "saga_transitions",
            table => new
            {
                seq = table.Column<long>("INTEGER"),
                saga_seq = table.Column<long>("INTEGER"),
                version = table.Column<long>("INTEGER"),
                @event = table.Column<string>("TEXT"),
                message_id = table.Column<string>("TEXT"),
                from_state = table.Column<string>("TEXT"),
                to_state = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_saga_transitions", x => x.seq));
        migrationBuilder.CreateIndex("IX_saga_transitions_saga_seq", "saga_transitions", "saga_seq");
    }
}
