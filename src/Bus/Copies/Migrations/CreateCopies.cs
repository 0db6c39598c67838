using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BusIngest.Bus.Copies.Migrations;

[DbContext(typeof(CopiesContext)), Migration("20261130_CreateCopies")]
internal sealed class CreateCopies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var types = new ColumnTypes(this);
        migrationBuilder.CreateTable(
            "document_changes",
            table => new
            {
                seq = table.Seq(types),
                collection = table.Column<string>(types.Text),
                first = table.Column<long>(types.Whole),
                last = table.Column<long>(types.Whole),
                document_id = table.Column<string>(types.Id, nullable: true),
                anew = table.Column<bool>(types.Flag),
                at = table.Column<long>(types.Time),
            },
            constraints: table => table.PrimaryKey("PK_document_changes", x => x.seq));
        migrationBuilder.CreateIndex("IX_document_changes_collection_seq", "document_changes", ["collection", "seq"]);

        migrationBuilder.CreateTable(
            "document_feeds",
            table => new
            {
                collection = table.Column<string>(types.Text),
                since = table.Column<long>(types.Time),
                holder = table.Column<string>(types.Id, nullable: true),
                held_until = table.Column<long>(types.Time, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_document_feeds", x => x.collection));
    }
}
